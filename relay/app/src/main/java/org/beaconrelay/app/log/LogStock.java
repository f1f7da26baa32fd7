package org.beaconrelay.app.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that there is of a log in files, oldest first, as it is read back from them.
public record LogStock(List<Part> parts) {
  /// A relay may begin a new file while they are read. Where it does so every second, this is near
  /// enough.
  private static final int MAX_TRIES = 10;

  /// One file.
  ///
  /// @param start no record in it is older; null if it is not known, as it has none
  /// @param oldest when the link of its oldest record ended; null if it has none
  /// @param foreignLines lines that are no records
  public record Part(
      Path path,
      @Nullable Instant start,
      long records,
      @Nullable Instant oldest,
      long foreignLines) {
    /// When it has to be gone; null if that is never, or not known.
    public @Nullable Instant due(Retention retention) {
      return start == null || retention.isForEver() ? null : start.plus(retention.atMost());
    }
  }

  public LogStock {
    parts = List.copyOf(parts);
  }

  /// Reads a log. No file is changed.
  ///
  /// @param file absolute
  /// @throws NoSuchFileException if there is none
  public static LogStock read(Path file) throws IOException {
    LogFiles files = new LogFiles(file);
    List<LogFiles.Closed> closed = files.listClosed();
    for (int tries = 1; ; tries++) {
      LogStock stock = read(file, closed);
      List<LogFiles.Closed> closedNow = files.listClosed();
      if (closedNow.equals(closed) || tries == MAX_TRIES) {
        return stock;
      }
      closed = closedNow;
    }
  }

  private static LogStock read(Path file, List<LogFiles.Closed> closed) throws IOException {
    List<Part> parts = new ArrayList<>();
    for (LogFiles.Closed one : closed) {
      add(parts, one.path(), Instant.ofEpochMilli(one.spanStartMs()));
    }
    add(parts, file, null);
    if (parts.isEmpty()) {
      throw new NoSuchFileException(file.toString());
    }
    return new LogStock(parts);
  }

  private static void add(List<Part> parts, Path path, @Nullable Instant start) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
      long records = 0;
      long foreignLines = 0;
      Instant oldest = null;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        Instant closed = WrittenRecord.closed(line);
        if (closed == null) {
          foreignLines++;
        } else {
          records++;
          oldest = oldest == null || closed.isBefore(oldest) ? closed : oldest;
        }
      }
      parts.add(new Part(path, start == null ? oldest : start, records, oldest, foreignLines));
    } catch (NoSuchFileException _) {
      // Removed since, or not there yet.
    }
  }

  /// The file with the oldest record; null if there is no record.
  public @Nullable Part oldest() {
    Part oldest = null;
    Instant time = Instant.MAX;
    for (Part part : parts) {
      if (part.oldest() != null && part.oldest().isBefore(time)) {
        oldest = part;
        time = part.oldest();
      }
    }
    return oldest;
  }

  /// Throws if a file is anything else than a log.
  public static void requireLog(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      WrittenRecord.firstClosed(channel);
    }
  }
}
