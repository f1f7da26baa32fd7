package org.beaconrelay.server;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/// The heap of this JVM that is in use.
final class UsedHeap {
  private static final int NOISE_BYTES = 32 << 10;
  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

  private UsedHeap() {}

  /// What is left when collecting finds nothing more.
  static long bytes() {
    long usedBytes = Long.MAX_VALUE;
    long leftBytes = collect();
    while (leftBytes < usedBytes - NOISE_BYTES) {
      usedBytes = leftBytes;
      leftBytes = collect();
    }
    return leftBytes;
  }

  private static long collect() {
    System.gc();
    return MEMORY.getHeapMemoryUsage().getUsed();
  }
}
