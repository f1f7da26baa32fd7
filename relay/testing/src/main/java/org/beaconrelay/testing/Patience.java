package org.beaconrelay.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waiting for what happens elsewhere and tells nobody.
public final class Patience {
  private static final Duration POLL = Duration.ofMillis(1);

  private Patience() {}

  /// Returns as soon as `condition` holds.
  ///
  /// @param wanted the condition in words
  /// @throws AssertionError if it does not hold in time
  public static void until(Duration atMost, String wanted, BooleanSupplier condition) {
    long startNs = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - startNs > atMost.toNanos()) {
        throw new AssertionError("not within " + atMost + ": " + wanted);
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }
}
