package org.beaconrelay.app;

/// Whole numbers.
final class Numbers {
  private Numbers() {}

  /// Parses a number between two bounds.
  static int parse(String text, int min, int max) throws BadValueException {
    if (!text.matches("[0-9]{1,18}")) {
      throw new BadValueException("write a whole number");
    }
    long number = Long.parseLong(text);
    if (number < min || number > max) {
      throw new BadValueException(
          max == Integer.MAX_VALUE
              ? "out of range: %d or more".formatted(min)
              : "out of range: %d to %d".formatted(min, max));
    }
    return (int) number;
  }
}
