package org.beaconrelay.app;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What a command said and ended with, run inside the test.
record Outcome(int exitCode, String out, String err) {
  static Outcome of(String... arguments) {
    return of(Map.of(), new byte[0], arguments);
  }

  static Outcome of(Map<String, String> environment, byte[] in, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    Outcome outcome = printing(print, environment, in, arguments);
    return new Outcome(outcome.exitCode(), out.toString(StandardCharsets.UTF_8), outcome.err());
  }

  /// The same where standard output leads to a disk that is full.
  static Outcome onFullDisk(String... arguments) throws IOException {
    try (FileOutputStream full = new FileOutputStream("/dev/full")) {
      PrintStream print =
          new PrintStream(new BufferedOutputStream(full), false, StandardCharsets.UTF_8);
      return printing(print, Map.of(), new byte[0], arguments);
    }
  }

  /// @return with nothing of what went to `out`
  private static Outcome printing(
      PrintStream out, Map<String, String> environment, byte[] in, String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            environment,
            new ByteArrayInputStream(in),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    int exitCode = Main.run(terminal, arguments);
    return new Outcome(exitCode, "", err.toString(StandardCharsets.UTF_8));
  }
}
