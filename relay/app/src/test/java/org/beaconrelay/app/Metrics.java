package org.beaconrelay.app;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Metrics in the text format of Prometheus, read by what its documentation says of it.
///
/// @param samples value by name and labels, as they are written
/// @param types by name
record Metrics(Map<String, Double> samples, Map<String, String> types) {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-z_]+(?:\\{[a-z_]+=\"[^\"]*\"(?:,[a-z_]+=\"[^\"]*\")*\\})?) (\\S+)");

  static Metrics parse(String text) {
    Map<String, Double> samples = new LinkedHashMap<>();
    Map<String, String> types = new LinkedHashMap<>();
    text.lines()
        .forEach(
            line -> {
              if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ", -1);
                types.put(words[2], words[3]);
              } else if (!line.startsWith("# HELP ")) {
                Matcher sample = SAMPLE.matcher(line);
                if (!sample.matches()) {
                  throw new AssertionError("no sample: " + line);
                }
                samples.put(sample.group(1), number(sample.group(2)));
              }
            });
    return new Metrics(samples, types);
  }

  private static double number(String text) {
    return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  double get(String sample) {
    Double value = samples.get(sample);
    if (value == null) {
      throw new AssertionError("no " + sample + " in " + samples.keySet());
    }
    return value;
  }
}
