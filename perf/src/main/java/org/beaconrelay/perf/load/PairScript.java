package org.beaconrelay.perf.load;

import java.util.random.RandomGenerator;

/// What the two ends of a pair do.
record PairScript(Ending ending, EndScript bridge, EndScript broker) {
  /// @param maxBytes that each sends at most
  static PairScript random(RandomGenerator random, int maxBytes) {
    Ending ending = Ending.values()[random.nextInt(Ending.values().length)];
    return new PairScript(
        ending,
        EndScript.random(
            random, maxBytes, ending == Ending.ANSWERED_IN_ORDER, ending == Ending.RESET_BY_BRIDGE),
        EndScript.random(random, maxBytes, false, ending == Ending.RESET_BY_BROKER));
  }
}
