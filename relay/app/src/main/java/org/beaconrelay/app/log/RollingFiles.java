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
/// A span that is still to come has begun only by a clock that was ahead. What is of it counts as
/// of now: it gets the name of the span of now, and goes a retention from now at the latest.
///
/// **Owns:** the open file.
final class RollingFiles implements LineTarget {
  private static final long RETRY_MS = 10_000;

  /// No clock that is right shows an earlier time: that of a machine without a battery begins in
  /// 1970, and what was written before is not ahead of its time.
  private static final long CREDIBLE_FROM_MS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

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
    // Not in FILE, whose first record tells the age of all that are in it.
    long startMs = isAhead(spanStartMs, tendedMs) ? currentStartMs : spanStartMs;
    try (OpenFile other = OpenFile.of(files.closed(startMs))) {
      other.append(lines);
    }
    nextMs = Math.min(nextMs, retention.dueMs(startMs));
  }

  @Override
  public long tend() throws IOException {
    long nowMs = clock.millis();
    boolean clockWentBack = nowMs < tendedMs;
    tendedMs = nowMs;
    if (clockWentBack || nowMs >= nextMs) {
      nextMs = nowMs; // at once again, if something fails
      long againMs = Long.MAX_VALUE;
      try {
        roll(nowMs);
        againMs = pullBack(nowMs);
      } finally {
        againMs = Math.min(againMs, removeDue(nowMs));
      }
      nextMs = Math.min(againMs, currentStartMs + spanMs);
    }
    return nextMs;
  }

  /// Whether a span is still to come. Where records are kept for ever, it does not matter.
  private boolean isAhead(long spanStartMs, long nowMs) {
    return !retention.isForEver() && nowMs >= CREDIBLE_FROM_MS && spanStartMs > nowMs;
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

  private void roll(long nowMs) throws IOException {
    long startMs = startOfSpan(nowMs);
    OpenFile open = current();
    if (currentStartMs != startMs && !open.isEmpty()) {
      close();
      long nameMs = isAhead(currentStartMs, nowMs) ? startMs : currentStartMs;
      Files.move(files.file(), files.closed(freeStart(nameMs)));
      current();
    }
    currentStartMs = startMs;
  }

  /// Where the clock was set back, there may be a file of that span already. Then this one is
  /// called a little older than it is, and goes earlier.
  private long freeStart(long spanStartMs) {
    long startMs = spanStartMs;
    while (Files.exists(files.closed(startMs), LinkOption.NOFOLLOW_LINKS)) {
      startMs -= LogFiles.PRECISION_MS;
    }
    return startMs;
  }

  // ---- the others

  /// Has those of spans that are still to come count as of now.
  ///
  /// @return when to try again
  private long pullBack(long nowMs) throws IOException {
    long againMs = Long.MAX_VALUE;
    long startMs = startOfSpan(nowMs);
    // The newest first, so that an older one is called older, too.
    for (LogFiles.Closed closed : files.listClosed().reversed()) {
      if (!isAhead(closed.spanStartMs(), nowMs)) {
        return againMs;
      }
      startMs = freeStart(startMs);
      try {
        Files.move(closed.path(), files.closed(startMs));
      } catch (IOException e) {
        troubles.add("cannot rename %s, whose time is still to come".formatted(closed.path()), e);
        againMs = nowMs + RETRY_MS;
      }
    }
    return againMs;
  }

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
