package org.beaconrelay.perf.load;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The keys of a scenario. Who takes one says what it has to be; what is wrong is collected, and
/// meanwhile stands for something that is right.
final class ScenarioKeys {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m)");
  private static final int MS_PER_S = 1_000;

  private final Properties properties;
  private final TreeSet<String> unused;
  private final Map<String, Object> settings = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  ScenarioKeys(Properties properties) {
    this.properties = properties;
    this.unused = new TreeSet<>(properties.stringPropertyNames());
  }

  /// All that have been taken, in this order: numbers as numbers, times in seconds.
  Map<String, Object> settings() {
    return Collections.unmodifiableMap(settings);
  }

  List<String> problems() {
    return problems;
  }

  /// Whatever has not been taken by now is wrong.
  void refuseOthers() {
    unused.forEach(key -> problems.add(key + ": there is no such thing in this load"));
  }

  /// What holds if a key is missing.
  void assume(String key, String value) {
    properties.putIfAbsent(key, value);
  }

  /// @return which of them it is; the first if it is none
  int choice(String key, List<String> choices) {
    String value = text(key);
    int choice = choices.indexOf(value);
    if (choice >= 0) {
      settings.put(key, value);
    } else if (!value.isEmpty()) {
      int last = choices.size() - 1;
      String others = String.join(", ", choices.subList(0, last));
      problems.add("%s: \"%s\": write %s or %s".formatted(key, value, others, choices.get(last)));
    }
    return Math.max(0, choice);
  }

  int number(String key, int least, int most) {
    String value = text(key);
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        settings.put(key, number);
        return number;
      }
    } catch (NumberFormatException _) {
      // The same mistake as one that is out of range.
    }
    if (!value.isEmpty()) {
      problems.add(
          "%s: \"%s\": write a whole number from %d to %d".formatted(key, value, least, most));
    }
    return least;
  }

  Path file(String key) {
    String value = text(key);
    try {
      if (!value.isEmpty()) {
        settings.put(key, value);
        return Path.of(value);
      }
    } catch (InvalidPathException _) {
      problems.add("%s: \"%s\" is no file name".formatted(key, value));
    }
    return Path.of("");
  }

  /// How long is measured: long enough for one of what is due at the `rate`, if there is one.
  Duration measuredDuration() {
    Duration duration = duration("duration");
    int perSecond = settings.get("rate") instanceof Integer rate ? rate : MS_PER_S;
    if (settings.containsKey("duration_s") && duration.toMillis() * perSecond < MS_PER_S) {
      problems.add("duration: too short: nothing would be measured");
    }
    return duration;
  }

  Duration duration(String key) {
    String value = text(key);
    Matcher matcher = DURATION.matcher(value);
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      Duration duration =
          switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
          };
      settings.put(key + "_s", seconds(duration));
      return duration;
    }
    if (!value.isEmpty()) {
      problems.add("%s: \"%s\": write a time, such as 500ms, 20s or 10m".formatted(key, value));
    }
    return Duration.ZERO;
  }

  private static Number seconds(Duration duration) {
    if (duration.toMillisPart() == 0) {
      return duration.toSeconds();
    }
    return (double) duration.toMillis() / MS_PER_S;
  }

  /// @return empty if it is missing
  private String text(String key) {
    unused.remove(key);
    String value = properties.getProperty(key);
    if (value == null) {
      problems.add(key + ": is missing");
      return "";
    }
    return value.strip();
  }
}
