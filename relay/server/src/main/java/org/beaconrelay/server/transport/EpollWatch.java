package org.beaconrelay.server.transport;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;

/// A descriptor in Netty's epoll loop.
final class EpollWatch extends NettyWatch implements EpollIoHandle {
  private @Nullable IoRegistration registration;

  private EpollWatch(int fd, ReadyListener listener) {
    super(fd, listener);
  }

  /// See [EventLoop#watch].
  static EpollWatch begin(IoEventLoop loop, int fd, int readiness, ReadyListener listener) {
    EpollWatch watch = new EpollWatch(fd, listener);
    watch.registration = NettyEventLoop.register(loop, watch);
    watch.watchFor(readiness);
    return watch;
  }

  private IoRegistration registration() {
    if (registration == null) {
      throw new IllegalStateException("not registered");
    }
    return registration;
  }

  @Override
  public FileDescriptor fd() {
    return this;
  }

  @Override
  public void handle(IoRegistration ignored, IoEvent event) {
    tell(((EpollIoEvent) event).ops().value());
  }

  @Override
  public void watchFor(int readiness) {
    registration().submit(EpollIoOps.valueOf(readiness));
  }

  @Override
  public void close() {
    try {
      closeDescriptor();
    } finally {
      // After the close, which took it out of the epoll set: saves a call.
      registration().cancel();
    }
  }

  @Override
  public void release() {
    registration().cancel();
  }
}
