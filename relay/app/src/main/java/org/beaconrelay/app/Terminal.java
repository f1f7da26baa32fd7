package org.beaconrelay.app;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/// What a command knows of whoever called it.
///
/// @param environment the environment variables
/// @param colour whether a person reads `out` on a screen that shows colours
record Terminal(
    Map<String, String> environment,
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean colour) {

  /// The terminal, pipe or file that this process was started with.
  static Terminal ofProcess() {
    Map<String, String> environment = System.getenv();
    return new Terminal(environment, System.in, System.out, System.err, showsColour(environment));
  }

  /// See no-color.org for NO_COLOR.
  private static boolean showsColour(Map<String, String> environment) {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false)
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  /// Says on standard error what went wrong.
  void complain(String text) {
    err.println("beacon: " + text);
  }

  /// Says on standard error what has happened, and is well.
  void inform(String text) {
    err.println("beacon: " + text);
  }

  /// Says on standard error what the caller should know, although it goes on.
  void warn(String text) {
    err.println("beacon: warning: " + text);
  }
}
