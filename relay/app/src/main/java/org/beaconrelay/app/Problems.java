package org.beaconrelay.app;

import java.util.ArrayList;
import java.util.List;

/// All that is wrong with a configuration, collected so that it can be told at once.
final class Problems {
  private final List<String> lines = new ArrayList<>();
  private int exitCode = ExitCode.OK;

  /// Adds a bad value.
  ///
  /// @param place where it is
  /// @param advice what is wrong, and what to do
  void add(String place, String advice) {
    lines.add(place + ": " + advice);
    exitCode = ExitCode.CONFIGURATION;
  }

  /// Adds a good value that asks for what is not to be had.
  void addUnavailable(String place, String advice) {
    lines.add(place + ": " + advice);
    exitCode = exitCode == ExitCode.OK ? ExitCode.UNAVAILABLE : exitCode;
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /// One line each.
  List<String> lines() {
    return List.copyOf(lines);
  }

  /// What to end with because of them.
  int exitCode() {
    return exitCode;
  }
}
