package org.beaconrelay.app;

import java.util.Collection;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;

/// JSON (RFC 8259), indented for people, out of maps, collections, texts, numbers and truth values.
final class JsonText {
  private static final String INDENT = "  ";

  private final StringBuilder text = new StringBuilder();

  private JsonText() {}

  /// @throws IllegalArgumentException if something else is in it
  static String of(Object value) {
    JsonText json = new JsonText();
    json.append(value, "");
    return json.text.toString();
  }

  private void append(Object value, String indent) {
    switch (value) {
      case Map<?, ?> map -> {
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        text.append('{');
        while (entries.hasNext()) {
          Map.Entry<?, ?> entry = entries.next();
          text.append('\n').append(indent).append(INDENT);
          appendText(entry.getKey().toString());
          text.append(": ");
          append(entry.getValue(), indent + INDENT);
          text.append(entries.hasNext() ? "," : "\n" + indent);
        }
        text.append('}');
      }
      case Collection<?> values -> {
        Iterator<?> all = values.iterator();
        text.append('[');
        while (all.hasNext()) {
          text.append('\n').append(indent).append(INDENT);
          append(all.next(), indent + INDENT);
          text.append(all.hasNext() ? "," : "\n" + indent);
        }
        text.append(']');
      }
      case String string -> appendText(string);
      case Integer number -> text.append(number);
      case Long number -> text.append(number);
      case Boolean truth -> text.append(truth);
      default -> throw new IllegalArgumentException("not for JSON: " + value.getClass());
    }
  }

  private void appendText(String string) {
    text.append('"');
    string.chars().forEach(this::appendChar);
    text.append('"');
  }

  private void appendChar(int c) {
    switch (c) {
      case '"' -> text.append("\\\"");
      case '\\' -> text.append("\\\\");
      case '\n' -> text.append("\\n");
      case '\t' -> text.append("\\t");
      default -> {
        if (c < ' ' || Character.isSurrogate((char) c)) {
          // A lone half of a pair could not be written as UTF-8.
          text.append("\\u").append(HexFormat.of().toHexDigits((char) c));
        } else {
          text.append((char) c);
        }
      }
    }
  }
}
