package org.beaconrelay.perf.load;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.beaconrelay.perf.RunFailedException;

/// Where a run leaves its files: the result, and the distributions.
final class ResultFolder {
  static final String RESULT = "result.json";
  static final String PERCENTILES = ".percentiles";
  static final String LOG = ".hlog";

  private ResultFolder() {}

  /// Makes it, if it is not there; found out before anything is measured.
  ///
  /// @throws RunFailedException if it cannot be had, or has files of another run, which would be
  ///   mixed with these; the message says what to do
  static void prepare(Path folder) throws RunFailedException {
    try {
      Files.createDirectories(folder);
      String others = "{%s,*%s,*%s}".formatted(RESULT, PERCENTILES, LOG);
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, others)) {
        if (found.iterator().hasNext()) {
          throw new RunFailedException(
              "--out \"%s\": another run has left its files there: name another folder"
                  .formatted(folder));
        }
      }
    } catch (IOException e) {
      throw new RunFailedException("--out \"%s\" is no folder to write to".formatted(folder), e);
    }
    if (!Files.isWritable(folder)) {
      throw new RunFailedException("--out \"%s\": cannot be written to".formatted(folder));
    }
  }
}
