package org.beaconrelay.app.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// A log in files, of which each holds the records of one span of time and is removed when it is
/// due, whether anything is written or not.
///
/// The span that is written now is in FILE itself. A record that comes late, or that a clock which
/// was set has put elsewhere, goes to the file of its own span: a file's name always tells how old
/// its oldest record can be.
///
/// **Owns:** the open file.
final class RollingFiles implements LineTarget {
  private static final long RETRY_MS = 10_000;

  private final LogFiles files;
  private final Retention retention;
  private final InstantSource clock;
  private final Troubles troubles;
  private final long spanMs;
  private @Nullable OpenFile current;
  private long currentStartMs;
  private long tendedMs;
  private long nextMs;

  RollingFiles(Path file, Retention retention, InstantSource clock, Troubles troubles) {
    this.files = new LogFiles(file);
    this.retention = retention;
    this.clock = clock;
    this.troubles = troubles;
    this.spanMs = retention.span().toMillis();
  }

  @Override
  public long startOfSpan(long ms) {
    return ms - Math.floorMod(ms, spanMs);
  }

  @Override
  public void write(long spanStartMs, byte[] lines) throws IOException {
    tend();
    OpenFile open = current();
    if (spanStartMs == currentStartMs) {
      open.append(lines);
      return;
    }
    try (OpenFile other = OpenFile.of(files.closed(spanStartMs))) {
      other.append(lines);
    }
    nextMs = Math.min(nextMs, retention.dueMs(spanStartMs));
  }

  @Override
  public long tend() throws IOException {
    long nowMs = clock.millis();
    boolean clockWentBack = nowMs < tendedMs;
    tendedMs = nowMs;
    if (clockWentBack || nowMs >= nextMs) {
      nextMs = nowMs; // at once again, if something fails
      long dueMs = Long.MAX_VALUE;
      try {
        roll(startOfSpan(nowMs));
      } finally {
        dueMs = removeDue(nowMs);
      }
      nextMs = Math.min(dueMs, currentStartMs + spanMs);
    }
    return nextMs;
  }

  // ---- the file of now

  private OpenFile current() throws IOException {
    if (current != null && !current.isInPlace()) {
      close();
    }
    if (current == null) {
      OpenFile opened = OpenFile.of(files.file());
      Instant first = opened.firstClosed();
      currentStartMs = startOfSpan(first == null ? clock.millis() : first.toEpochMilli());
      current = opened;
    }
    return current;
  }

  private void roll(long startMs) throws IOException {
    OpenFile open = current();
    if (currentStartMs != startMs && !open.isEmpty()) {
      close();
      Files.move(files.file(), freeName(currentStartMs));
      current();
    }
    currentStartMs = startMs;
  }

  /// Where the clock was set back, there may be a file of that span already. Then this one is
  /// called a little older than it is, and goes earlier.
  private Path freeName(long spanStartMs) {
    long startMs = spanStartMs;
    while (Files.exists(files.closed(startMs), LinkOption.NOFOLLOW_LINKS)) {
      startMs -= LogFiles.PRECISION_MS;
    }
    return files.closed(startMs);
  }

  // ---- the others

  /// @return when to try again
  private long removeDue(long nowMs) throws IOException {
    long againMs = Long.MAX_VALUE;
    for (LogFiles.Closed closed : files.listClosed()) {
      long dueMs = retention.dueMs(closed.spanStartMs());
      if (dueMs > nowMs) {
        return Math.min(againMs, dueMs);
      }
      try {
        Files.deleteIfExists(closed.path());
      } catch (IOException e) {
        troubles.add("cannot remove %s, which is due".formatted(closed.path()), e);
        againMs = nowMs + RETRY_MS;
      }
    }
    return againMs;
  }

  @Override
  public void close() throws IOException {
    OpenFile open = current;
    current = null;
    if (open != null) {
      open.close();
    }
  }
}
