package org.beaconrelay.server.transport;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;

/// A descriptor in Netty's epoll loop.
final class EpollWatch extends NettyWatch implements EpollIoHandle {
  EpollWatch(int fd, ReadyListener listener) {
    super(fd, listener);
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
