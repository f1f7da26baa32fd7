package org.beaconrelay.app.log;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/// Reads connection logs record by record, in the memory of one line; each file once, however often
/// it is named.
public final class LogReader {
  /// A relay may begin a new file while one is being opened.
  private static final int MAX_TRIES = 10;

  private final Consumer<LoggedLink> records;
  private final Set<Object> readFiles = new HashSet<>();

  /// @param records is told of each record
  public LogReader(Consumer<LoggedLink> records) {
    this.records = records;
  }

  /// What there was beside records.
  ///
  /// @param records lines that are one
  /// @param foreignLines lines that are none: nothing is known of what they say
  /// @param firstForeign the number of the first of them, from 1; 0 if there is none
  public record Lines(long records, long foreignLines, long firstForeign) {}

  /// Is told of each file that was read.
  public interface FileListener {
    void onRead(Path path, Lines lines);
  }

  /// Reads FILE and the files that it became.
  ///
  /// @param file absolute
  /// @throws NoSuchFileException if there is none of them
  public void read(Path file, FileListener listener) throws IOException {
    // FILE first: if it is renamed meanwhile, it is among the others, and known.
    boolean found = readOne(file, listener);
    for (LogFiles.Closed closed : new LogFiles(file).listClosed()) {
      found |= readOne(closed.path(), listener);
    }
    if (!found) {
      throw new NoSuchFileException(file.toString());
    }
  }

  /// @return whether it is there
  private boolean readOne(Path path, FileListener listener) throws IOException {
    try {
      for (int tries = 1; ; tries++) {
        Object key = key(path);
        if (readFiles.contains(key)) {
          return true;
        }
        try (InputStream in = Files.newInputStream(path)) {
          if (key.equals(key(path)) || tries == MAX_TRIES) {
            readFiles.add(key);
            listener.onRead(path, read(in));
            return true;
          }
        }
      }
    } catch (NoSuchFileException _) {
      return false; // not there, or removed since because it was due
    }
  }

  /// What a file is the same by, whatever it is called.
  private static Object key(Path path) throws IOException {
    Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return key == null ? path.toRealPath() : key;
  }

  /// Reads a stream to its end.
  public Lines read(InputStream source) throws IOException {
    InputStream in = new BufferedInputStream(source, 1 << 16);
    StringBuilder line = new StringBuilder();
    long number = 0;
    long count = 0;
    long foreignLines = 0;
    long firstForeign = 0;
    while (readLine(in, line)) {
      number++;
      LoggedLink link = LoggedLink.parse(line);
      if (link == null) {
        foreignLines++;
        firstForeign = firstForeign == 0 ? number : firstForeign;
      } else {
        count++;
        records.accept(link);
      }
    }
    return new Lines(count, foreignLines, firstForeign);
  }

  /// Takes the next line. Of one that is longer than any record only so much is kept that it is
  /// none.
  ///
  /// @return false at the end
  private static boolean readLine(InputStream in, StringBuilder line) throws IOException {
    line.setLength(0);
    int next = in.read();
    if (next < 0) {
      return false;
    }
    while (next >= 0 && next != '\n') {
      if (line.length() <= LinkLines.MAX_BYTES) {
        line.append((char) next);
      }
      next = in.read();
    }
    return true;
  }
}
