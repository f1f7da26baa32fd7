package org.beaconrelay.server;

import org.beaconrelay.server.transport.EventLoops;
import org.jspecify.annotations.Nullable;

/// How the kernel says what is ready.
public enum Transport {
  /// epoll(7): everywhere.
  EPOLL("epoll") {
    @Override
    public @Nullable String fault() {
      return EventLoops.epollFault();
    }

    @Override
    EventLoops start(int count) {
      return EventLoops.epoll(count);
    }
  },

  /// io_uring(7), of which it uses the poll: where the kernel has it, and nobody forbids it.
  IO_URING("io_uring") {
    @Override
    public @Nullable String fault() {
      return EventLoops.ioUringFault();
    }

    @Override
    EventLoops start(int count) {
      return EventLoops.ioUring(count);
    }
  };

  private final String label;

  Transport(String label) {
    this.label = label;
  }

  /// What it is called: `epoll`, `io_uring`.
  public String label() {
    return label;
  }

  /// Tries whether it can be used here.
  ///
  /// @return why not, or null if it can
  public abstract @Nullable String fault();

  abstract EventLoops start(int count);
}
