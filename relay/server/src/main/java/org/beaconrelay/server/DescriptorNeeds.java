package org.beaconrelay.server;

/// The way back from links to descriptors.
public final class DescriptorNeeds {
  /// Limits are given in round numbers.
  private static final int ROUND = 1024;

  private DescriptorNeeds() {}

  /// The smallest round descriptor limit with which `maxLinks` can be open.
  public static long openFilesFor(int maxLinks, int eventLoops) {
    long low = maxLinks / ROUND;
    long high = Integer.MAX_VALUE / ROUND;
    while (low < high) {
      long middle = (low + high) / 2;
      if (isEnough(middle * ROUND, maxLinks, eventLoops)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return isEnough(high * ROUND, maxLinks, eventLoops) ? high * ROUND : Long.MAX_VALUE;
  }

  private static boolean isEnough(long openFiles, int maxLinks, int eventLoops) {
    try {
      return DescriptorPlan.of((int) openFiles, eventLoops).maxLinks() >= maxLinks;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
