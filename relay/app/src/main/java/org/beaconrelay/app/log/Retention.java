package org.beaconrelay.app.log;

import java.time.Duration;
import java.util.List;

/// How long records are kept.
///
/// Each file holds the records of one span of time, and is removed as a whole when that span began
/// as long ago as a record may be old. So no record gets older, and none goes earlier than by one
/// span.
///
/// @param atMost the age that no record exceeds; zero means that they are kept for ever
public record Retention(Duration atMost) {
  /// Below it a span would be as long as the retention itself.
  public static final Duration SHORTEST = Duration.ofSeconds(2);

  private static final List<Duration> SPANS =
      List.of(Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(1));

  /// So many spans at least make up the retention.
  private static final int MIN_SPANS = 24;

  public static final Retention FOR_EVER = new Retention(Duration.ZERO);
  public static final Retention DEFAULT = new Retention(Duration.ofDays(7));

  /// @throws IllegalArgumentException if it is shorter than [#SHORTEST], but not zero
  public Retention {
    if (!atMost.isZero() && atMost.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("shorter than " + SHORTEST + ": " + atMost);
    }
  }

  public boolean isForEver() {
    return atMost.isZero();
  }

  /// The time that a file covers: the longest of a day, an hour and a minute that goes 24 times
  /// into the retention, or else a second.
  Duration span() {
    return SPANS.stream()
        .filter(span -> isForEver() || atMost.compareTo(span.multipliedBy(MIN_SPANS)) >= 0)
        .findFirst()
        .orElse(Duration.ofSeconds(1));
  }

  /// When the records of a span have to be gone, whatever the length of that span; times are in
  /// milliseconds since 1970.
  long dueMs(long spanStartMs) {
    return isForEver() ? Long.MAX_VALUE : spanStartMs + atMost.toMillis();
  }
}
