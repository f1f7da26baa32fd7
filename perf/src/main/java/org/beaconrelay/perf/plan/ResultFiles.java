package org.beaconrelay.perf.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.beaconrelay.perf.RunFailedException;

/// Finds results in folders, and reads all of them.
final class ResultFiles {
  private static final String NAME = "result.json";

  /// What is given twice is one measurement all the same.
  private final Set<Path> seen = new HashSet<>();

  private final List<Result> results = new ArrayList<>();
  private final List<String> incomplete = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private ResultFiles() {}

  /// @param folders each that of a run, or one with those of several in it
  static ResultFiles read(List<Path> folders) {
    ResultFiles files = new ResultFiles();
    folders.forEach(files::readFolder);
    if (files.problems.isEmpty() && files.results.isEmpty() && !folders.isEmpty()) {
      files.problems.add(
          "--results: all are INCOMPLETE (%s): run beacon load again, with a load that can be done in time"
              .formatted(String.join(", ", files.incomplete)));
    }
    return files;
  }

  private void readFolder(Path folder) {
    List<Path> found;
    try (Stream<Path> paths = Files.walk(folder)) {
      found = paths.filter(path -> path.endsWith(NAME)).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      problems.add("--results \"%s\": cannot be read: %s".formatted(folder, e));
      return;
    }
    if (found.isEmpty()) {
      problems.add(
          "--results \"%s\": there is no %s in it: give a folder that beacon load --out has made"
              .formatted(folder, NAME));
    }
    for (Path file : found) {
      if (seen.add(file.toAbsolutePath().normalize())) {
        readFile(file, name(folder, file));
      }
    }
  }

  /// The folder's own name, or the way to it from the folder that was given: a page that is passed
  /// on says nothing of what is above.
  private static String name(Path given, Path file) {
    Path folder = file.getParent();
    return folder == null || folder.equals(given)
        ? String.valueOf(given.toAbsolutePath().normalize().getFileName())
        : given.relativize(folder).toString();
  }

  private void readFile(Path file, String name) {
    try {
      ResultReader.read(file, name).ifPresentOrElse(results::add, () -> incomplete.add(name));
    } catch (RunFailedException e) {
      problems.add("--results: " + e.getMessage());
    }
  }

  List<Result> results() {
    return List.copyOf(results);
  }

  /// Names of those that are refused.
  List<String> incomplete() {
    return List.copyOf(incomplete);
  }

  List<String> problems() {
    return List.copyOf(problems);
  }
}
