package org.beaconrelay.app;

/// Text from outside as it may stand in a message: one line, of bearable length, with nothing that
/// a terminal would obey.
final class Quoted {
  private static final int MAX_LENGTH = 200;
  private static final int MAX_MESSAGE_LENGTH = 1000;

  private Quoted() {}

  static String of(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().limit(MAX_LENGTH).forEach(codePoint -> append(quoted, codePoint));
    return quoted.append(text.length() > MAX_LENGTH ? "…\"" : "\"").toString();
  }

  /// Text from outside that a message quotes nothing of: the same without quotation marks, and as
  /// long as a message may be.
  static String plain(String text) {
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .limit(MAX_MESSAGE_LENGTH)
        .forEach(
            codePoint -> {
              if (isPrintable(codePoint)) {
                plain.appendCodePoint(codePoint);
              } else {
                plain.append("\\u{%x}".formatted(codePoint));
              }
            });
    return plain.append(text.length() > MAX_MESSAGE_LENGTH ? "…" : "").toString();
  }

  private static void append(StringBuilder quoted, int codePoint) {
    if (codePoint == '"' || codePoint == '\\') {
      quoted.append('\\').appendCodePoint(codePoint);
    } else if (isPrintable(codePoint)) {
      quoted.appendCodePoint(codePoint);
    } else {
      quoted.append("\\u{%x}".formatted(codePoint));
    }
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
