package org.beaconrelay.app.log;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How the files of a log are called: FILE for the span that is written now, and
/// `FILE.20261126T100000Z` for one that began then.
///
/// @param file absolute
record LogFiles(Path file) {
  /// Of the time in a name.
  static final long PRECISION_MS = 1000;

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC)
          .withResolverStyle(ResolverStyle.STRICT);

  /// The file of a span that is not written any more.
  record Closed(Path path, long spanStartMs) {}

  Path closed(long spanStartMs) {
    return file.resolveSibling(prefix() + NAME.format(Instant.ofEpochMilli(spanStartMs)));
  }

  /// Those that are there, oldest first.
  List<Closed> listClosed() throws IOException {
    List<Closed> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder())) {
      for (Path path : entries) {
        Instant start = spanStart(path);
        if (start != null) {
          found.add(new Closed(path, start.toEpochMilli()));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    found.sort(Comparator.comparingLong(Closed::spanStartMs));
    return found;
  }

  private Path folder() {
    Path folder = file.getParent();
    if (folder == null) {
      throw new IllegalArgumentException("not an absolute file name: " + file);
    }
    return folder;
  }

  private @Nullable Instant spanStart(Path path) {
    String name = String.valueOf(path.getFileName());
    if (!name.startsWith(prefix())) {
      return null;
    }
    try {
      return NAME.parse(name.substring(prefix().length()), Instant::from);
    } catch (DateTimeParseException _) {
      return null;
    }
  }

  private String prefix() {
    return file.getFileName() + ".";
  }
}
