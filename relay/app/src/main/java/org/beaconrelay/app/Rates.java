package org.beaconrelay.app;

/// How often something may be: `200/s`, or just `200`.
final class Rates {
  private static final String UNIT = "/s";

  private Rates() {}

  /// Parses a number a second between two bounds.
  static int parse(String text, int min, int max) throws BadValueException {
    try {
      return Numbers.parse(
          text.endsWith(UNIT) ? text.substring(0, text.length() - UNIT.length()) : text, min, max);
    } catch (BadValueException e) {
      throw new BadValueException(e.advice() + " a second, as in 200/s; 0 or off switches it off");
    }
  }

  static String format(int perSecond) {
    return perSecond + UNIT;
  }
}
