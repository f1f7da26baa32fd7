package org.beaconrelay.server.transport;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import org.jspecify.annotations.Nullable;

/// What Netty's loops are made of.
enum NettyTransport {
  EPOLL {
    @Override
    @Nullable String fault() {
      return message(Epoll.unavailabilityCause());
    }

    @Override
    IoHandlerFactory handlers() {
      return EpollIoHandler.newFactory();
    }

    @Override
    Watcher newWatcher(IoEventLoop loop) {
      return (fd, readiness, listener) -> EpollWatch.begin(loop, fd, readiness, listener);
    }
  },

  IO_URING {
    @Override
    @Nullable String fault() {
      String fault = message(IoUring.unavailabilityCause());
      return fault != null || IoUring.isPollAddMultishotEnabled()
          ? fault
          : "this kernel has no multishot poll (Linux 5.13)";
    }

    @Override
    IoHandlerFactory handlers() {
      return IoUringIoHandler.newFactory(
          new IoUringIoHandlerConfig().setRingSize(RING_SIZE).setCqSize(COMPLETIONS));
    }

    @Override
    Watcher newWatcher(IoEventLoop loop) {
      return new IoUringWatcher(loop);
    }
  };

  static {
    // Or Netty would look for other libraries to log with, and use what it finds.
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
  }

  private static final int RING_SIZE = 1024;

  /// A poll that finds no room for its completion ends, and has to be begun again.
  private static final int COMPLETIONS = 4096;

  /// Why it cannot be used here, or null if it can.
  abstract @Nullable String fault();

  abstract IoHandlerFactory handlers();

  abstract Watcher newWatcher(IoEventLoop loop);

  private static @Nullable String message(@Nullable Throwable cause) {
    return cause == null ? null : String.valueOf(cause.getMessage());
  }
}
