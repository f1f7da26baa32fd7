package org.beaconrelay.perf.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// When each of a row of things is due: at a fixed rate, whatever became of those before.
///
/// @param startNs when the first one is due ([System#nanoTime])
/// @param perSecond things a second, more than 0
/// @param warmup how long those that come first are not measured
/// @param duration how long those behind them are measured
record Schedule(long startNs, double perSecond, Duration warmup, Duration duration) {
  private static final double NS_PER_S = 1e9;

  /// Until the first thing is due: links of a pairing are opened before it.
  private static final long LEAD_NS = TimeUnit.MILLISECONDS.toNanos(500);

  /// One that is about to start.
  static Schedule soon(double perSecond, Duration warmup, Duration duration) {
    return new Schedule(System.nanoTime() + LEAD_NS, perSecond, warmup, duration);
  }

  /// When those are due that are measured.
  Window window() {
    long fromNs = startNs + warmup.toNanos();
    return new Window(fromNs, fromNs + duration.toNanos());
  }

  /// When the one with this number is due, counted from 0.
  long dueNs(long number) {
    return startNs + (long) (number * (NS_PER_S / perSecond));
  }

  /// Whether it is one of those that are measured.
  boolean isMeasured(long number) {
    return dueNs(number) - startNs >= warmup.toNanos();
  }

  /// How many there are in all.
  long count() {
    return (long) ((warmup.toNanos() + duration.toNanos()) / NS_PER_S * perSecond);
  }
}
