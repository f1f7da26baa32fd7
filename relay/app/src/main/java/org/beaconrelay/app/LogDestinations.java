package org.beaconrelay.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.beaconrelay.app.log.Destination;
import org.beaconrelay.app.log.LogStock;

/// Where a connection log may go: looks whether it could be written there, and changes nothing.
final class LogDestinations {
  static final String OFF = "off";
  static final String STANDARD_OUTPUT = "stdout";

  private LogDestinations() {}

  static Destination parse(String text) throws BadValueException {
    return switch (text) {
      case OFF -> new Destination.Off();
      case STANDARD_OUTPUT -> new Destination.StandardOutput();
      default -> ofFile(resolve(text));
    };
  }

  private static Destination ofFile(Path path) throws BadValueException {
    boolean exists = Files.exists(path);
    if (exists && !Files.isWritable(path)) {
      throw new BadValueException("the relay may not write to it: look at its permissions");
    }
    if (exists && !Files.isRegularFile(path)) {
      return new Destination.Stream(path);
    }
    Path folder = Objects.requireNonNull(path.getParent(), "an absolute file has one");
    if (!Files.isWritable(folder)) {
      throw new BadValueException(
          "the relay may not make files in %s, and it has to: a log becomes several with time"
              .formatted(folder));
    }
    if (exists) {
      requireLog(path);
    }
    return new Destination.Files(path);
  }

  /// The file that a name leads to, absolute. Links to files are followed once and for all: it is
  /// what they lead to that is renamed and removed.
  static Path resolve(String text) throws BadValueException {
    Path named = FilePaths.parse(text).toAbsolutePath().normalize();
    Path folder = named.getParent();
    Path name = named.getFileName();
    if (folder == null || name == null || Files.isDirectory(named)) {
      throw new BadValueException("is a directory: name a file in it");
    }
    if (!Files.isDirectory(folder)) {
      throw new BadValueException(
          "no such directory; make one that only the relay can read: mkdir -m 700 " + folder);
    }
    if (Files.exists(named) && !Files.isRegularFile(named)) {
      return named; // what /dev/stderr leads to has no name
    }
    if (Files.isSymbolicLink(named) && !Files.exists(named)) {
      throw new BadValueException("is a link to what is not there: make that, or remove the link");
    }
    try {
      return Files.exists(named) ? named.toRealPath() : folder.toRealPath().resolve(name);
    } catch (IOException e) {
      throw new BadValueException(IoProblems.text(e));
    }
  }

  private static void requireLog(Path path) throws BadValueException {
    try {
      LogStock.requireLog(path);
    } catch (IOException e) {
      throw new BadValueException(IoProblems.text(e) + "; it is left as it is: name another file");
    }
  }

  /// How it is called where the configuration says it.
  static String label(Destination destination) {
    return switch (destination) {
      case Destination.Off() -> OFF;
      case Destination.StandardOutput() -> STANDARD_OUTPUT;
      case Destination.Stream(Path path) -> path.toString();
      case Destination.Files(Path path) -> path.toString();
    };
  }
}
