package org.beaconrelay.perf.compare;

import java.util.Optional;
import org.HdrHistogram.Histogram;

/// How long messages took to the other end and back.
record RoundTrips(long count, long p50Ns, long p99Ns, long maxNs) {
  /// @return empty if there are none
  static Optional<RoundTrips> of(Histogram ns) {
    return ns.getTotalCount() == 0
        ? Optional.empty()
        : Optional.of(
            new RoundTrips(
                ns.getTotalCount(),
                ns.getValueAtPercentile(50),
                ns.getValueAtPercentile(99),
                ns.getMaxValue()));
  }
}
