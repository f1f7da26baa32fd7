package org.beaconrelay.app.prove;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a relay's calls came to, as strace(1) has written them down (`-f -y`): those on sockets
/// that it has accepted, and on pipes.
///
/// From the time on when it has begun to accept links: before that it tries splice(2) with a
/// listening socket of its own.
final class CallCount {
  /// `PID CALL(FD<socket:[INODE]>, …) = RESULT …`, and the same without a descriptor in front.
  private static final Pattern CALL =
      Pattern.compile("(\\w+)\\((?:\\d+<(socket|pipe):\\[(\\d+)]>)?(.*)\\) += +(-?\\d+)(.*)");

  private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
  private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");
  private static final Pattern NEW_SOCKET = Pattern.compile("<socket:\\[(\\d+)]>.*");
  private static final String UNFINISHED = " <unfinished ...>";

  private final Set<String> accepted = new HashSet<>();
  private String listener = "";
  private long reads;
  private long readBytes;
  private long splices;
  private long splicedBytes;
  private boolean hasRing;

  private CallCount() {}

  /// Reads what was written down.
  static CallCount of(Path log) throws IOException {
    CallCount count = new CallCount();
    Map<String, String> unfinished = new HashMap<>(); // by thread
    try (BufferedReader reader = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
          throw new IOException("strace wrote what is no call: " + line);
        }
        String thread = parts.group(1);
        String call = parts.group(2);
        Matcher resumed = RESUMED.matcher(call);
        if (call.endsWith(UNFINISHED)) {
          unfinished.put(thread, call.substring(0, call.length() - UNFINISHED.length()));
        } else if (resumed.matches()) {
          String begun = unfinished.remove(thread);
          count.add(begun + resumed.group(1));
        } else {
          count.add(call);
        }
      }
    }
    return count;
  }

  private void add(String text) {
    Matcher call = CALL.matcher(text);
    if (!call.matches()) {
      return; // the end of a thread; a call that the end of the process has cut off
    }
    long result = Long.parseLong(call.group(5));
    if (result < 0) {
      return;
    }
    boolean isLink = "socket".equals(call.group(2)) && accepted.contains(call.group(3));
    boolean isPipe = "pipe".equals(call.group(2));
    switch (call.group(1)) {
      case "io_uring_setup" -> hasRing = true;
      case "accept", "accept4" -> {
        Matcher socket = NEW_SOCKET.matcher(call.group(6));
        if (socket.matches()) {
          accept(call.group(3), socket.group(1));
        }
      }
      case "splice" -> {
        if (isLink) {
          splices++;
          splicedBytes += result;
        }
      }
      default -> {
        if (isLink || isPipe) {
          reads++;
          readBytes += result;
        }
      }
    }
  }

  private void accept(String from, String socket) {
    if (!from.equals(listener)) {
      listener = from;
      accepted.clear();
      reads = 0;
      readBytes = 0;
      splices = 0;
      splicedBytes = 0;
    }
    accepted.add(socket);
  }

  /// Calls that took bytes into memory, or the end of them.
  long reads() {
    return reads;
  }

  long readBytes() {
    return readBytes;
  }

  /// Calls of splice(2) that took bytes from a link, or the end of them.
  long splices() {
    return splices;
  }

  long splicedBytes() {
    return splicedBytes;
  }

  /// Whether there was an io_uring, by which bytes can be read without a call.
  boolean hasRing() {
    return hasRing;
  }
}
