package org.beaconrelay.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Names of files.
final class FilePaths {
  private FilePaths() {}

  static Path parse(String text) throws BadValueException {
    try {
      return Path.of(text);
    } catch (InvalidPathException _) {
      throw new BadValueException("is no file name");
    }
  }
}
