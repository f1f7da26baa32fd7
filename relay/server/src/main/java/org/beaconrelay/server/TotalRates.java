package org.beaconrelay.server;

import org.beaconrelay.server.splice.TotalRate;
import org.jspecify.annotations.Nullable;

/// What all shards together may move a second, each way; null = as much as they can.
record TotalRates(@Nullable TotalRate toBroker, @Nullable TotalRate toBridge) {
  static TotalRates of(LimitSettings limits) {
    return new TotalRates(rate(limits.bytesPerSecond()), rate(limits.bytesPerSecond()));
  }

  private static @Nullable TotalRate rate(long bytesPerSecond) {
    return bytesPerSecond == 0 ? null : new TotalRate(bytesPerSecond, Deadlines.clockNs());
  }
}
