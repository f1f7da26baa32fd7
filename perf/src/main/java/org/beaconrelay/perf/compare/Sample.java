package org.beaconrelay.perf.compare;

import java.util.Optional;

/// One measurement.
///
/// @param round from 1
/// @param relay empty if there was none between
/// @param delivered bytes, messages or pairs, as the scenario counts
/// @param roundTrips if the load has any
record Sample(
    Scenario scenario,
    Contender contender,
    int round,
    Optional<RelayUse> relay,
    long elapsedNs,
    long delivered,
    Optional<RoundTrips> roundTrips) {
  /// Share of the time in which a thread of the relay was kept waiting for a core.
  double waitShare() {
    return relay.map(use -> (double) use.cpu().longestWaitNs() / elapsedNs).orElse(0.0);
  }

  /// Threads of the relay that ended meanwhile.
  long endedTasks() {
    return relay.map(use -> use.cpu().endedTasks()).orElse(0L);
  }
}
