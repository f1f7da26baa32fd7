package org.beaconrelay.server.splice;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What all flows of one direction may take together, in all shards: a token bucket of a tenth of a
/// second's worth, whose state is the time at which all that was taken is paid for.
///
/// Who has seen tokens may take them although another shard has seen them, too. Then nobody gets
/// any until that is paid for: in the long run it is the rate, and no more.
///
/// **Thread:** any, lock-free; the clock is the same for all.
public final class TotalRate {
  static final long BURST_NS = 100_000_000;

  private static final double NS_PER_SECOND = 1e9;

  private final double bytesPerNs;
  private final AtomicLong paidNs;
  private final AtomicInteger waiting = new AtomicInteger();

  /// @param bytesPerSecond at least 1
  /// @param nowNs the clock
  public TotalRate(long bytesPerSecond, long nowNs) {
    this.bytesPerNs = bytesPerSecond / NS_PER_SECOND;
    this.paidNs = new AtomicLong(nowNs - BURST_NS);
  }

  /// Bytes that may be taken now; 0 if there are none.
  long availableBytes(long nowNs) {
    long unusedNs = nowNs - paidNs.get();
    return unusedNs <= 0 ? 0 : bytesIn(Math.min(unusedNs, BURST_NS));
  }

  /// Takes bytes, whether they are available or not.
  void take(int bytes, long nowNs) {
    long costNs = (long) Math.ceil(bytes / bytesPerNs);
    long before = paidNs.get();
    while (!paidNs.compareAndSet(before, Math.max(before, nowNs - BURST_NS) + costNs)) {
      before = paidNs.get();
    }
  }

  /// Bytes that come within a time.
  long bytesIn(long ns) {
    return (long) (ns * bytesPerNs);
  }

  /// So many more flows wait, or fewer.
  ///
  /// @return how many do now, in all shards
  int addWaiting(int flows) {
    return waiting.addAndGet(flows);
  }
}
