package org.beaconrelay.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Files of the project, wherever below its root the test runs.
final class ProjectFiles {
  private ProjectFiles() {}

  /// The lines of a file that is named as seen from the root.
  static List<String> lines(String name) throws IOException {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("beacon")) && Files.exists(folder.resolve("relay"))) {
        return Files.readAllLines(folder.resolve(name));
      }
    }
    throw new AssertionError("not below the project's root: " + Path.of("").toAbsolutePath());
  }

  /// The first table behind a heading, its head included.
  static List<String> table(String name, String heading) throws IOException {
    List<String> lines = lines(name);
    int start = lines.indexOf(heading);
    if (start < 0) {
      throw new AssertionError("%s has no %s".formatted(name, heading));
    }
    return lines.stream()
        .skip(start)
        .dropWhile(line -> !line.startsWith("|"))
        .takeWhile(line -> line.startsWith("|"))
        .toList();
  }
}
