package org.beaconrelay.app;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
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
  private static final String BROKEN_PIPE = "Broken pipe"; // strerror(3) of EPIPE

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

  /// Whether nobody reads standard output any more: who pipes it into `head` has seen enough, and
  /// nothing is wrong. To be asked when something could not be written to it.
  boolean isUnread() {
    if (out.equals(System.out)) { // the very same
      try {
        new FileOutputStream(FileDescriptor.out).write('\n'); // a PrintStream does not say why
      } catch (IOException e) {
        return BROKEN_PIPE.equals(e.getMessage());
      }
    }
    return false;
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
