package org.beaconrelay.perf;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the command line asks for.
///
/// @param jsonFile where the figures go a second time, for programs
record RunOptions(
    int rounds,
    int seconds,
    int warmupSeconds,
    List<Scenario> scenarios,
    @Nullable Path jsonFile,
    boolean help) {
  private static final int DEFAULT_ROUNDS = 5;
  private static final int DEFAULT_SECONDS = 5;

  static final String USAGE =
      """
      usage: perf/compare-haproxy [--rounds N] [--seconds S] [--warmup S]
                                  [--scenario NAME[,NAME]] [--json FILE]

        --rounds N     measurements of each contender in each scenario (default 5)
        --seconds S    measured time of each (default 5)
        --warmup S     same load before it, unmeasured (default 5)
        --scenario     %s (default: all)
        --json FILE    writes all figures there, too
      """
          .formatted(
              Arrays.stream(Scenario.values())
                  .map(Scenario::label)
                  .collect(Collectors.joining(", ")));

  /// @throws IllegalArgumentException if `arguments` are wrong; the message says what
  static RunOptions parse(List<String> arguments) {
    int rounds = DEFAULT_ROUNDS;
    int seconds = DEFAULT_SECONDS;
    int warmupSeconds = DEFAULT_SECONDS;
    List<Scenario> scenarios = List.of(Scenario.values());
    Path jsonFile = null;
    boolean help = false;
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--rounds" -> rounds = number(option, value(option, rest), 1);
        case "--seconds" -> seconds = number(option, value(option, rest), 1);
        case "--warmup" -> warmupSeconds = number(option, value(option, rest), 0);
        case "--scenario" -> scenarios = scenarios(value(option, rest));
        case "--json" -> jsonFile = path(value(option, rest));
        case "--help" -> help = true;
        default -> throw new IllegalArgumentException("unknown option " + option);
      }
    }
    return new RunOptions(rounds, seconds, warmupSeconds, scenarios, jsonFile, help);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.next();
  }

  private static int number(String option, String value, int minimum) {
    try {
      int number = Integer.parseInt(value);
      if (number >= minimum) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Not a number: the same mistake as one that is too small.
    }
    throw new IllegalArgumentException(
        "%s needs a whole number from %d up, not %s".formatted(option, minimum, value));
  }

  private static List<Scenario> scenarios(String names) {
    List<Scenario> scenarios = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      scenarios.add(Scenario.ofLabel(name));
    }
    return List.copyOf(scenarios);
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("--json needs a file name: " + e.getMessage(), e);
    }
  }
}
