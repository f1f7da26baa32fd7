package org.beaconrelay.perf.compare;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.beaconrelay.perf.RunFailedException;

/// A program that makes something for a contender.
final class Tool {
  private Tool() {}

  /// Returns when it has ended well.
  ///
  /// @param environment beside that of this process
  /// @throws RunFailedException with all that it said, if it did not
  static void run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException, RunFailedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output;
    try (var reader = process.inputReader()) {
      output = reader.readAllAsString();
    }
    if (process.waitFor() != 0) {
      throw new RunFailedException("%s failed: %s".formatted(String.join(" ", command), output));
    }
  }
}
