package org.beaconrelay.server;

/// How the descriptors of the process are shared out, so that none of its parts can starve another.
///
/// @param maxLinks links that may be open at once
/// @param maxPipes pipes that may exist at once; each takes two descriptors
public record DescriptorPlan(int maxLinks, int maxPipes) {
  /// The JVM's own, jar files, listeners.
  private static final int OWN = 128;

  /// What an event loop sleeps on, what wakes it up, and its timers.
  private static final int OF_EVENT_LOOP = 6;

  /// Links beyond `maxLinks` that are open for a moment, to be told that the relay is full.
  static final int REFUSALS = 256;

  /// One pipe for every 32 descriptors: idle pairs need none, and a pair that moves bytes holds one
  /// a direction only while its counterpart is slower.
  private static final int DESCRIPTORS_PER_PIPE = 32;

  /// Shares out `openFiles` descriptors.
  ///
  /// @throws IllegalArgumentException if there are too few to be a relay
  public static DescriptorPlan of(int openFiles, int eventLoops) {
    int maxPipes = Math.max(4 * eventLoops, openFiles / DESCRIPTORS_PER_PIPE);
    int maxLinks = openFiles - OWN - REFUSALS - OF_EVENT_LOOP * eventLoops - 2 * maxPipes;
    if (maxLinks < 2) {
      throw new IllegalArgumentException(
          "%d file descriptors are too few: raise the limit (ulimit -n, LimitNOFILE) to %d or more"
              .formatted(openFiles, OWN + REFUSALS + (OF_EVENT_LOOP + 8) * eventLoops + 2));
    }
    return new DescriptorPlan(maxLinks, maxPipes);
  }
}
