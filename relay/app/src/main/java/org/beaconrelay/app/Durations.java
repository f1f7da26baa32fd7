package org.beaconrelay.app;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as people write them: `500ms`, `10s`, `5m`, `1h`, `7d`.
final class Durations {
  /// Longer ones are typing errors, and nanoseconds in a long stay far from their end.
  static final Duration MAX = Duration.ofDays(3650);

  private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,18})(ms|s|m|h|d)");
  private static final String EXAMPLES = "write 500ms, 10s, 5m, 1h or 7d";

  private Durations() {}

  /// Parses a duration; it cannot be switched off.
  static Duration parse(String text) throws BadValueException {
    return parseUpTo(text, MAX);
  }

  /// Parses a duration that must not be longer than another.
  static Duration parseUpTo(String text, Duration longest) throws BadValueException {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new BadValueException(
          text.matches("[0-9]+") ? "a duration needs a unit: " + EXAMPLES : EXAMPLES);
    }
    Duration duration = of(Long.parseLong(matcher.group(1)), matcher.group(2));
    if (duration.compareTo(longest) > 0) {
      throw new BadValueException("too long: at most " + format(longest));
    }
    return duration;
  }

  /// Parses a duration, or `0` or `off`, which is [Duration#ZERO].
  static Duration parseOrOff(String text) throws BadValueException {
    if (text.equals("off") || text.equals("0")) {
      return Duration.ZERO;
    }
    try {
      return parse(text);
    } catch (BadValueException e) {
      throw new BadValueException(e.advice() + "; 0 or off switches it off");
    }
  }

  private static Duration of(long amount, String unit) {
    try {
      return switch (unit) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    } catch (ArithmeticException _) {
      return Duration.ofSeconds(Long.MAX_VALUE);
    }
  }

  /// Writes a duration in the largest unit that it is a whole number of; zero is `off`.
  static String format(Duration duration) {
    long ms = duration.toMillis();
    if (ms == 0) {
      return "off";
    }
    if (ms % 1000 != 0) {
      return ms + "ms";
    }
    long seconds = ms / 1000;
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    // 60s and not 1m, as people say it.
    return seconds % 60 == 0 && seconds > 60 ? seconds / 60 + "m" : seconds + "s";
  }
}
