package org.beaconrelay.perf.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.beaconrelay.perf.RunFailedException;

/// Whether this process may have as many descriptors as a load takes.
final class OwnDescriptors {
  /// What a JVM and this program have open besides links.
  private static final int OTHERS = 100;

  private OwnDescriptors() {}

  /// @throws RunFailedException if it may not; the message says what to do
  static void check(Load load) throws IOException, RunFailedException {
    long needed = OTHERS + load.descriptors();
    long limit = limit();
    if (needed > limit) {
      throw new RunFailedException(
          "this scenario takes %d descriptors, and this process may have %d: raise the limit (ulimit -n), or make the scenario smaller with --set"
              .formatted(needed, limit));
    }
  }

  private static long limit() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
      if (line.startsWith("Max open files")) {
        String soft = line.split(" +", -1)[3];
        return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
      }
    }
    return Long.MAX_VALUE;
  }
}
