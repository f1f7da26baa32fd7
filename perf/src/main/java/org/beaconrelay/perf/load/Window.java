package org.beaconrelay.perf.load;

import java.time.Duration;

/// The time that is measured ([System#nanoTime]).
record Window(long fromNs, long toNs) {
  /// @param warmup from now on
  static Window after(Duration warmup, Duration duration) {
    long fromNs = System.nanoTime() + warmup.toNanos();
    return new Window(fromNs, fromNs + duration.toNanos());
  }
}
