package org.beaconrelay.server.transport;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// Both transports that there are.
enum LoopKind {
  EPOLL {
    @Override
    EventLoops start() {
      return EventLoops.epoll(1);
    }
  },
  IO_URING {
    @Override
    EventLoops start() {
      String fault = EventLoops.ioUringFault();
      assumeTrue(fault == null, "no io_uring here: " + fault);
      return EventLoops.ioUring(1);
    }
  };

  /// Starts one event loop.
  abstract EventLoops start();
}
