package org.beaconrelay.server;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/// The heap of this JVM that is in use.
final class UsedHeap {
  private static final int NOISE_BYTES = 32 << 10;
  private static final int CLEANING_MS = 200;
  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

  private UsedHeap() {}

  /// What is left when collecting finds nothing more. What a collection has found to be unreachable
  /// may let go of more than itself, by and by and on a thread of its own: so that one comes to its
  /// turn in between.
  static long bytes() throws InterruptedException {
    long usedBytes = Long.MAX_VALUE;
    long leftBytes = collect();
    while (leftBytes < usedBytes - NOISE_BYTES) {
      usedBytes = leftBytes;
      Thread.sleep(CLEANING_MS);
      leftBytes = collect();
    }
    return leftBytes;
  }

  private static long collect() {
    System.gc();
    return MEMORY.getHeapMemoryUsage().getUsed();
  }
}
