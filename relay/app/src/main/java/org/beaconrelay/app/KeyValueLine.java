package org.beaconrelay.app;

/// A line that people read and programs split: a word, then `key=value` fields.
final class KeyValueLine {
  private final StringBuilder text;

  KeyValueLine(String word) {
    text = new StringBuilder(word);
  }

  KeyValueLine add(String key, Object value) {
    return add(key, value, "");
  }

  /// Adds a field.
  ///
  /// @param note follows the value directly
  KeyValueLine add(String key, Object value, String note) {
    String plain = value.toString();
    text.append(' ').append(key).append('=');
    text.append(plain.matches("[^\\s\"\\\\\\p{Cntrl}]*") ? plain : Quoted.of(plain)).append(note);
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
