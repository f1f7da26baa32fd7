package org.beaconrelay.server.splice;

import org.jspecify.annotations.Nullable;

/// How much one flow may take from its source, and when: a token bucket of its own, and its part of
/// what all may take. What it may not take stays in the kernel, and TCP slows the sender down.
///
/// **Thread:** data plane, shard-confined.
final class Throttle {
  /// Its own bucket holds an eighth of a second's worth, and four kilobytes at least.
  private static final int BURST_SHARE = 8;

  private static final int MIN_BURST_BYTES = 4096;

  /// What has gathered since the last tick at least, or a fill is not worth its calls.
  private static final int MIN_GRANT_SHARE = 64;

  private static final double NS_PER_SECOND = 1e9;

  private final Rates rates;
  private final @Nullable RateQueue total;
  private final double bytesPerNs;
  private final double burstBytes;
  private final double minGrantBytes;
  private double tokenBytes;
  private long filledNs;

  /// @param bytesPerSecond of its own, 0 = without limit
  /// @param nowNs the clock
  Throttle(Rates rates, @Nullable RateQueue total, long bytesPerSecond, long nowNs) {
    this.rates = rates;
    this.total = total;
    this.bytesPerNs = bytesPerSecond / NS_PER_SECOND;
    this.burstBytes = Math.max(MIN_BURST_BYTES, (double) bytesPerSecond / BURST_SHARE);
    this.minGrantBytes = Math.max(1, (double) bytesPerSecond / MIN_GRANT_SHARE);
    this.tokenBytes = burstBytes;
    this.filledNs = nowNs;
  }

  /// What its flow may take now, or 0: then the pump waits in a queue, and gets a turn.
  int grantBytes(Pump pump, long nowNs) {
    long grant = Integer.MAX_VALUE;
    if (bytesPerNs > 0) {
      fill(nowNs);
      if (tokenBytes < minGrantBytes) {
        rates.rest(pump);
        return 0;
      }
      grant = (long) tokenBytes;
    }
    if (total != null) {
      grant = Math.min(grant, total.grantBytes(nowNs));
      if (grant == 0) {
        total.add(pump);
      }
    }
    return (int) Math.min(grant, Integer.MAX_VALUE);
  }

  private void fill(long nowNs) {
    long passedNs = nowNs - filledNs;
    if (passedNs > 0) {
      tokenBytes = Math.min(burstBytes, tokenBytes + passedNs * bytesPerNs);
      filledNs = nowNs;
    }
  }

  /// Its flow has taken bytes.
  void taken(int bytes, long nowNs) {
    tokenBytes -= bytes;
    if (total != null) {
      total.taken(bytes, nowNs);
    }
  }
}
