package org.beaconrelay.app.log;

import java.nio.file.Path;

/// Where the log of a relay goes.
public sealed interface Destination {
  /// Nothing is logged.
  record Off() implements Destination {}

  record StandardOutput() implements Destination {}

  /// A FIFO or a device: it is read elsewhere at once, and nothing of it can be removed.
  ///
  /// @param path absolute
  record Stream(Path path) implements Destination {}

  /// A file, and those that it becomes with time.
  ///
  /// @param path absolute
  record Files(Path path) implements Destination {}
}
