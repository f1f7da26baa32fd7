package org.beaconrelay.perf.load;

import java.util.random.RandomGenerator;

/// What one end of a pair does.
///
/// @param sendBytes how much it sends
/// @param answers whether it sends only when its counterpart's stream has ended
/// @param resets whether it resets its link then, instead of ending its stream
/// @param stallAfterBytes how much it receives before it stops receiving for a while
/// @param stallNs for how long
record EndScript(
    long sendBytes, boolean answers, boolean resets, long stallAfterBytes, long stallNs) {
  private static final long NEVER = Long.MAX_VALUE;
  private static final double STALLS = 0.25;
  private static final long MAX_STALL_NS = 500_000_000;

  static EndScript random(RandomGenerator random, int maxBytes, boolean answers, boolean resets) {
    boolean stalls = random.nextDouble() < STALLS;
    return new EndScript(
        upTo(random, maxBytes),
        answers,
        resets,
        stalls ? upTo(random, maxBytes) : NEVER,
        random.nextLong(MAX_STALL_NS));
  }

  /// A number of bytes, any order of magnitude as likely as any other.
  static int upTo(RandomGenerator random, int maxBytes) {
    return (int) Math.pow(maxBytes + 1.0, random.nextDouble()) - 1;
  }
}
