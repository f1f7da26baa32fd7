package org.beaconrelay.server.transport;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A descriptor in one of Netty's event loops: all that is left of a channel for a link that needs
/// none. It is the descriptor as Netty has it, rather than to have one: that saves an object for
/// each link.
abstract class NettyWatch extends FileDescriptor implements Watch {
  private final ReadyListener listener;

  NettyWatch(int fd, ReadyListener listener) {
    super(fd);
    this.listener = listener;
  }

  final void tell(int readiness) {
    try {
      listener.onReady(readiness);
    } catch (RuntimeException | AssertionError e) {
      // Netty would stop the whole loop for a second.
      listener.onBug(e);
    }
  }

  final void closeDescriptor() {
    try {
      super.close();
    } catch (IOException e) {
      // close(2) has given the descriptor back all the same, and nobody waits for the outcome.
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public abstract void close();
}
