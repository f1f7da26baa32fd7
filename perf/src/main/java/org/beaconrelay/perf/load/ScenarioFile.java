package org.beaconrelay.perf.load;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.beaconrelay.perf.RunFailedException;

/// Reads a [Scenario] from a properties file, and tells all that is wrong with it at once.
final class ScenarioFile {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m)");

  private final Properties properties;
  private final TreeSet<String> unused;
  private final List<String> problems = new ArrayList<>();

  private ScenarioFile(Properties properties) {
    this.properties = properties;
    this.unused = new TreeSet<>(properties.stringPropertyNames());
  }

  /// @param changes values that hold instead of those in the file
  /// @throws RunFailedException if it cannot be read, or is wrong; the message says what to do
  static Scenario read(Path file, Map<String, String> changes) throws RunFailedException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new RunFailedException("cannot read the scenario " + file, e);
    }
    properties.putAll(changes);
    ScenarioFile scenarioFile = new ScenarioFile(properties);
    Scenario scenario = scenarioFile.scenario();
    scenarioFile.unused.forEach(
        key -> scenarioFile.problems.add(key + ": there is no such thing in this load"));
    if (!scenarioFile.problems.isEmpty()) {
      throw new RunFailedException(
          "%s:%n  %s".formatted(file, String.join("\n  ", scenarioFile.problems)));
    }
    return scenario;
  }

  private Scenario scenario() {
    String load = text("load");
    double rate = number("rate", 1, 1_000_000);
    Duration warmup = duration("warmup");
    Duration duration = duration("duration");
    return switch (load) {
      case "pairing" ->
          new Scenario.Pairing(rate, number("waiting", 0, 1_000_000), warmup, duration);
      case "messages" ->
          new Scenario.Messages(
              rate,
              number("pairs", 1, 1_000_000),
              number("size", MessageStream.MIN_BYTES, 1 << 20),
              warmup,
              duration);
      default -> {
        problems.add("load: \"%s\": write pairing or messages".formatted(load));
        unused.clear(); // who knows what they are for
        yield new Scenario.Pairing(rate, 0, warmup, duration);
      }
    };
  }

  private String text(String key) {
    unused.remove(key);
    String value = properties.getProperty(key);
    if (value == null) {
      problems.add(key + ": is missing");
      return "";
    }
    return value.strip();
  }

  private int number(String key, int least, int most) {
    String value = text(key);
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
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

  private Duration duration(String key) {
    String value = text(key);
    Matcher matcher = DURATION.matcher(value);
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        default -> Duration.ofMinutes(number);
      };
    }
    if (!value.isEmpty()) {
      problems.add("%s: \"%s\": write a time, such as 500ms, 20s or 10m".formatted(key, value));
    }
    return Duration.ZERO;
  }
}
