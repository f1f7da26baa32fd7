package org.beaconrelay.server.transport;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// A descriptor in Netty's epoll loop.
final class EpollWatch implements EpollIoHandle, NettyWatch {
  private final FileDescriptor fd;
  private final ReadyListener listener;
  private @Nullable IoRegistration registration;

  EpollWatch(FileDescriptor fd, ReadyListener listener) {
    this.fd = fd;
    this.listener = listener;
  }

  @Override
  public void start(IoRegistration registration, int readiness) {
    this.registration = registration;
    watchFor(readiness);
  }

  @Override
  public FileDescriptor fd() {
    return fd;
  }

  @Override
  public void handle(IoRegistration registration, IoEvent event) {
    try {
      listener.onReady(((EpollIoEvent) event).ops().value());
    } catch (RuntimeException | AssertionError e) {
      // Netty would stop the whole loop for a second.
      listener.onBug(e);
    }
  }

  @Override
  public void watchFor(int readiness) {
    registration().submit(EpollIoOps.valueOf(readiness));
  }

  @Override
  public void close() {
    try {
      fd.close();
    } catch (IOException e) {
      // close(2) has given the descriptor back all the same, and nobody waits for the outcome.
      throw new UncheckedIOException(e);
    } finally {
      // After the close, which took it out of the epoll set: saves a call.
      registration().cancel();
    }
  }

  @Override
  public void release() {
    registration().cancel();
  }

  private IoRegistration registration() {
    if (registration == null) {
      throw new IllegalStateException("not started");
    }
    return registration;
  }
}
