package org.beaconrelay.server.transport;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// One thread that watches descriptors, does what it is given to do, and keeps time.
public interface EventLoop extends Executor {
  /// Watches a descriptor. On the loop's own thread.
  ///
  /// @param readiness bits of [org.beaconrelay.server.linux.Readiness]
  Watch watch(int fd, int readiness, ReadyListener listener);

  /// Does something later, unless it is cancelled before. Any thread.
  Future<?> schedule(Runnable action, long delay, TimeUnit unit);

  /// Whether this is the loop's own thread.
  boolean isCurrentThread();
}
