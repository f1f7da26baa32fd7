package org.beaconrelay.app;

import java.nio.file.Path;

/// Where the value of an option was given.
sealed interface Origin {
  /// On the command line.
  record Flag() implements Origin {}

  /// In the environment.
  record Variable() implements Origin {}

  /// In the properties file.
  record ConfigFile(Path path) implements Origin {}

  /// One word.
  default String label() {
    return switch (this) {
      case Flag() -> "flag";
      case Variable() -> "env";
      case ConfigFile(Path _) -> "file";
    };
  }

  /// Where exactly an option was given.
  default String place(Option option) {
    return switch (this) {
      case Flag() -> "flag " + option.flag();
      case Variable() -> option.variable();
      case ConfigFile(Path path) -> "file %s key %s".formatted(path, option.key());
    };
  }
}
