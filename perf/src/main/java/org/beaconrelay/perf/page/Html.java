package org.beaconrelay.perf.page;

/// Text as it has to be written in HTML.
final class Html {
  private Html() {}

  /// For content and for attributes in double quotes.
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /// An element with text in it.
  static String element(String name, String text) {
    return "<%s>%s</%s>\n".formatted(name, escape(text), name);
  }

  /// JSON as the content of a script element, which ends at the first `</script`, be it in a text.
  static String script(String json) {
    return json.replace("<", "\\u003c");
  }
}
