package org.beaconrelay.app.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A line of [LinkLines] as it is found again in a file: what it is known by, and how old it is.
final class WrittenRecord {
  private static final String BEGINNING = "{\"" + LinkField.PAIR_ID.key() + "\":";

  private static final Pattern LINE =
      Pattern.compile(
          Pattern.quote(BEGINNING) + ".*\"" + LinkField.CLOSED.key() + "\":\"([0-9TZ:.-]+)\".*\\}");

  private WrittenRecord() {}

  /// When the link of a line ended; null if the line is no record.
  static @Nullable Instant closed(CharSequence line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return null;
    }
    try {
      return Instant.parse(matcher.group(1));
    } catch (DateTimeParseException _) {
      return null;
    }
  }

  /// When the link of a file's first record ended; null if no line is finished yet.
  ///
  /// @throws NoLogException if the file begins with anything but a record
  static @Nullable Instant firstClosed(FileChannel file) throws IOException {
    String head = read(file, 0, LinkLines.MAX_BYTES);
    int end = head.indexOf('\n');
    if (end < 0) {
      if (head.length() < LinkLines.MAX_BYTES && isBeginning(head)) {
        return null;
      }
      throw new NoLogException();
    }
    Instant closed = closed(head.substring(0, end));
    if (closed == null) {
      throw new NoLogException();
    }
    return closed;
  }

  /// Whether a line that breaks off may have become a record.
  private static boolean isBeginning(String line) {
    return line.startsWith(BEGINNING) || BEGINNING.startsWith(line);
  }

  /// How many bytes there are behind the last whole line of a file.
  static int unfinishedBytes(FileChannel file) throws IOException {
    long tailStart = Math.max(0, file.size() - LinkLines.MAX_BYTES);
    String tail = read(file, tailStart, LinkLines.MAX_BYTES);
    return tail.length() - 1 - tail.lastIndexOf('\n');
  }

  private static String read(FileChannel file, long position, int maxBytes) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(maxBytes);
    int readBytes = 0;
    while (bytes.hasRemaining() && readBytes >= 0) {
      readBytes = file.read(bytes, position + bytes.position());
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
  }
}
