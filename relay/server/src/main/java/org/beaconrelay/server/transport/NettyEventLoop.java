package org.beaconrelay.server.transport;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoRegistration;

/// An [EventLoop] on one of Netty's.
final class NettyEventLoop implements EventLoop {
  private final IoEventLoop loop;
  private final Watcher watcher;

  NettyEventLoop(IoEventLoop loop, Watcher watcher) {
    this.loop = loop;
    this.watcher = watcher;
  }

  /// Registers a handle with the loop whose thread this is.
  static IoRegistration register(IoEventLoop loop, IoHandle handle) {
    // On the loop's own thread a registration is done when the call returns.
    IoRegistration registration = loop.register(handle).getNow();
    if (registration == null) {
      throw new IllegalStateException("the event loop takes no more descriptors");
    }
    return registration;
  }

  @Override
  public Watch watch(int fd, int readiness, ReadyListener listener) {
    return watcher.watch(fd, readiness, listener);
  }

  @Override
  public void execute(Runnable action) {
    loop.execute(action);
  }

  @Override
  public boolean isCurrentThread() {
    return loop.inEventLoop();
  }
}
