package org.beaconrelay.perf.compare;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/// Something that has to be installed before a contender can be measured.
///
/// @param name of a program, or the path of a file
/// @param debianPackage that brings it
record Requirement(String name, String debianPackage) {
  String describe() {
    return "no %s found: apt-get install %s".formatted(name, debianPackage);
  }

  boolean isMet() {
    if (name.startsWith("/")) {
      return Files.exists(Path.of(name));
    }
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }
}
