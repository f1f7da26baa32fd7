package org.beaconrelay.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Runs the openssl program.
final class OpenSsl {
  private OpenSsl() {}

  /// The SHA-256 of a certificate: 64 lower-case hex digits.
  static String fingerprint(Path directory, String name) throws IOException, InterruptedException {
    String said = run(directory, "x509 -in %s -noout -fingerprint -sha256".formatted(name));
    return said.substring(said.indexOf('=') + 1).strip().replace(":", "").toLowerCase(Locale.ROOT);
  }

  /// Runs it to its end.
  ///
  /// @param directory what files are named relative to
  /// @param arguments with spaces between
  /// @return what it said
  static String run(Path directory, String arguments) throws IOException, InterruptedException {
    Process process = start(directory, arguments);
    String said = said(process);
    if (process.exitValue() != 0) {
      throw new IOException("openssl " + arguments + ": " + said);
    }
    return said;
  }

  /// Runs it to its end, be that good or bad.
  static String attempt(Path directory, String arguments) throws IOException, InterruptedException {
    return said(start(directory, arguments));
  }

  private static Process start(Path directory, String arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments.split(" ", -1)));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    return process;
  }

  private static String said(Process process) throws IOException, InterruptedException {
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("openssl does not end: " + said);
    }
    return said;
  }
}
