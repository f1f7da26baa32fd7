package org.beaconrelay.perf.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.beaconrelay.perf.RunFailedException;

/// The connection log of the relay under load, which writes it meanwhile and gives it another name
/// from time to time.
record ConnectionLog(Path file) {
  /// A relay that has just started may still be about to make it.
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(2);

  private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(10);

  /// @throws RunFailedException if it is not there; the message says what to do
  void check() throws RunFailedException {
    long giveUpNs = System.nanoTime() + PATIENCE_NS;
    while (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      if (System.nanoTime() - giveUpNs > 0) {
        throw new RunFailedException(
            "no connection log at %s: start the relay with --connection-log FILE, and write --set connection-log=FILE"
                .formatted(file));
      }
      LockSupport.parkNanos(POLL_NS);
    }
  }

  /// The records of pairs, by their number.
  ///
  /// @param since when the first of them ended, or before
  Map<Long, List<LoggedLink>> read(Instant since, Set<Long> pairIds) throws IOException {
    Map<Long, List<LoggedLink>> found = new HashMap<>();
    for (Path part : parts(since)) {
      try (Stream<String> lines = Files.lines(part)) {
        lines
            .flatMap(line -> LoggedLink.parse(line).stream())
            .filter(link -> pairIds.contains(link.pairId()))
            .forEach(
                link -> found.computeIfAbsent(link.pairId(), _ -> new ArrayList<>()).add(link));
      }
    }
    return found;
  }

  /// It, and what had its name until a moment ago.
  private List<Path> parts(Instant since) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    String name = file.getFileName().toString();
    List<Path> parts = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path part : all.toList()) {
        String partName = part.getFileName().toString();
        boolean named = partName.equals(name) || partName.startsWith(name + ".");
        if (named && Files.getLastModifiedTime(part).compareTo(FileTime.from(since)) >= 0) {
          parts.add(part);
        }
      }
    }
    return parts;
  }
}
