package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of a connection log as whoever reads it sees it: no code of the relay's is used.
final class LogLine {
  private static final String FIELD = "\"([a-z_]+)\":(?:\"([^\"\\\\]+)\"|([0-9]+)|(null))";
  private static final Pattern LINE = Pattern.compile("\\{%s(,%<s)*\\}".formatted(FIELD));
  private static final Pattern EACH = Pattern.compile(FIELD);

  private LogLine() {}

  /// Its fields in their order; numbers as they are written, and `null` as a word.
  static Map<String, String> parse(String line) {
    assertThat(line).matches(LINE);
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher matcher = EACH.matcher(line);
    while (matcher.find()) {
      String value =
          matcher.group(2) != null
              ? matcher.group(2)
              : matcher.group(3) != null ? matcher.group(3) : "null";
      assertThat(fields.put(matcher.group(1), value)).as("fields come once").isNull();
    }
    return fields;
  }
}
