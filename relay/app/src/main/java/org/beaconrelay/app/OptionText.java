package org.beaconrelay.app;

import java.time.Duration;

/// What help and README.md say of an option. In the texts, backticks enclose what is to be typed.
///
/// @param key its name
/// @param valueLabel what its value is called; empty for a switch; in brackets where it may be left
///   out, which means `on`
/// @param defaultText what holds where nothing is given
/// @param repeatable whether several values may be given: as several flags, or with commas between
record OptionText(
    OptionGroup group,
    String key,
    String valueLabel,
    String defaultText,
    String meaning,
    boolean repeatable) {

  boolean isSwitch() {
    return valueLabel.isEmpty();
  }

  boolean isValueOptional() {
    return valueLabel.startsWith("[");
  }

  static OptionText of(
      OptionGroup group, String key, String valueLabel, String defaultText, String meaning) {
    return new OptionText(group, key, valueLabel, defaultText, meaning, false);
  }

  static OptionText repeatable(
      OptionGroup group, String key, String valueLabel, String defaultText, String meaning) {
    return new OptionText(group, key, valueLabel, defaultText, meaning + " Repeatable.", true);
  }

  static String code(Duration duration) {
    return code(Durations.format(duration));
  }

  static String code(Object typed) {
    return "`" + typed + "`";
  }
}
