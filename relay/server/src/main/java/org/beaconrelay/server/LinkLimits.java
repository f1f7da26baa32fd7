package org.beaconrelay.server;

/// How long a link may take for what, in nanoseconds; 0 = without limit.
record LinkLimits(long handshakeNs, long maxWaitNs, long idleNs, long halfCloseNs) {
  private static final long NS_PER_MS = 1_000_000;

  static LinkLimits of(RelaySettings settings) {
    return new LinkLimits(
        settings.handshakeTimeout().toNanos(),
        settings.maxWait().toNanos(),
        settings.idleTimeout().toNanos(),
        settings.halfCloseTimeout().toNanos());
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
