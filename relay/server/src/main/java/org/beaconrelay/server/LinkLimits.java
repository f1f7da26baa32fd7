package org.beaconrelay.server;

/// How long a link may take for what, in nanoseconds; 0 = without limit.
record LinkLimits(long handshakeNs, long maxWaitNs, long idleNs, long halfCloseNs) {
  private static final long NS_PER_MS = 1_000_000;

  static LinkLimits of(TimeoutSettings timeouts) {
    return new LinkLimits(
        timeouts.handshake().toNanos(),
        timeouts.maxWait().toNanos(),
        timeouts.idle().toNanos(),
        timeouts.halfClose().toNanos());
  }

  /// How long a link waits that asks for `waitMs`.
  long waitNs(long waitMs) {
    long waitNs = waitMs * NS_PER_MS;
    if (waitNs == 0 || maxWaitNs == 0) {
      return Math.max(waitNs, maxWaitNs);
    }
    return Math.min(waitNs, maxWaitNs);
  }
}
