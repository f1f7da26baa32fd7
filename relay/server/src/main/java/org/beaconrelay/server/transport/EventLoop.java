package org.beaconrelay.server.transport;

import java.util.concurrent.Executor;

/// One thread that watches descriptors and does what it is given to do. What is to be done later is
/// for an [Alarm].
public interface EventLoop extends Executor {
  /// Watches a descriptor. On the loop's own thread.
  ///
  /// @param readiness bits of [org.beaconrelay.server.linux.Readiness]
  Watch watch(int fd, int readiness, ReadyListener listener);

  /// Whether this is the loop's own thread.
  boolean isCurrentThread();
}
