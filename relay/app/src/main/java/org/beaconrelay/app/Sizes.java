package org.beaconrelay.app;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes as people write them: `64KiB`, `1MiB`, `1GiB`, or plain bytes.
final class Sizes {
  private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,9})(KiB|MiB|GiB)|([0-9]{1,18})");
  private static final int KIB_SHIFT = 10;
  private static final int MIB_SHIFT = 20;
  private static final int GIB_SHIFT = 30;

  private Sizes() {}

  /// Parses a number of bytes between two bounds.
  static long parse(String text, long minBytes, long maxBytes) throws BadValueException {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new BadValueException("write a size as 64KiB, 1MiB, 1GiB, or in plain bytes");
    }
    long bytes =
        matcher.group(3) == null
            ? Long.parseLong(matcher.group(1)) << shift(matcher.group(2))
            : Long.parseLong(matcher.group(3));
    if (bytes < minBytes || bytes > maxBytes) {
      throw new BadValueException(
          "out of range: %s to %s".formatted(format(minBytes), format(maxBytes)));
    }
    return bytes;
  }

  private static int shift(String unit) {
    return switch (unit) {
      case "KiB" -> KIB_SHIFT;
      case "MiB" -> MIB_SHIFT;
      default -> GIB_SHIFT;
    };
  }

  /// Writes a size in the largest unit that it is a whole number of.
  static String format(long bytes) {
    if (bytes == 0) {
      return "0";
    }
    int zeroBits = Long.numberOfTrailingZeros(bytes);
    if (zeroBits >= GIB_SHIFT) {
      return (bytes >> GIB_SHIFT) + "GiB";
    }
    if (zeroBits >= MIB_SHIFT) {
      return (bytes >> MIB_SHIFT) + "MiB";
    }
    return zeroBits >= KIB_SHIFT ? (bytes >> KIB_SHIFT) + "KiB" : String.valueOf(bytes);
  }
}
