package org.beaconrelay.perf.compare;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
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
    List<Contender> contenders,
    @Nullable Path jsonFile,
    boolean help) {
  private static final int DEFAULT_ROUNDS = 5;
  private static final int DEFAULT_SECONDS = 5;

  static final String USAGE =
      """
      usage: perf/compare [--rounds N] [--seconds S] [--warmup S] [--scenario NAME[,NAME]]
                          [--contender NAME[,NAME]] [--json FILE]

        --rounds N     measurements of each contender in each scenario (default 5)
        --seconds S    measured time of each (default 5)
        --warmup S     same load before it, unmeasured (default 5)
        --scenario     %s (default: all)
        --contender    in this order, of
                       %s
                       (default: %s)
        --json FILE    writes all figures there, too
      """
          .formatted(
              names(List.of(Scenario.values()), Scenario::label),
              names(List.of(Contender.values()), Contender::label),
              names(Contender.DEFAULT, Contender::label));

  /// @throws IllegalArgumentException if `arguments` are wrong; the message says what
  static RunOptions parse(List<String> arguments) {
    int rounds = DEFAULT_ROUNDS;
    int seconds = DEFAULT_SECONDS;
    int warmupSeconds = DEFAULT_SECONDS;
    List<Scenario> scenarios = List.of(Scenario.values());
    List<Contender> contenders = Contender.DEFAULT;
    Path jsonFile = null;
    boolean help = false;
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--rounds" -> rounds = number(option, value(option, rest), 1);
        case "--seconds" -> seconds = number(option, value(option, rest), 1);
        case "--warmup" -> warmupSeconds = number(option, value(option, rest), 0);
        case "--scenario" -> scenarios = listed(value(option, rest), Scenario::ofLabel);
        case "--contender" -> contenders = listed(value(option, rest), Contender::ofLabel);
        case "--json" -> jsonFile = path(value(option, rest));
        case "--help" -> help = true;
        default -> throw new IllegalArgumentException("unknown option " + option);
      }
    }
    return new RunOptions(rounds, seconds, warmupSeconds, scenarios, contenders, jsonFile, help);
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

  private static <T> List<T> listed(String names, Function<String, T> ofName) {
    List<T> all = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      T one = ofName.apply(name);
      if (all.contains(one)) {
        throw new IllegalArgumentException(name + " is named twice");
      }
      all.add(one);
    }
    return List.copyOf(all);
  }

  private static <T> String names(List<T> all, Function<T, String> name) {
    return all.stream().map(name).collect(Collectors.joining(", "));
  }

  private static Path path(String name) {
    Path file;
    try {
      file = Path.of(name);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("--json needs a file name: " + e.getMessage(), e);
    }
    // Found out before the measurement, not behind it.
    Path written = Files.exists(file) ? file : file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || written == null || !Files.isWritable(written)) {
      throw new IllegalArgumentException("--json: %s cannot be written".formatted(name));
    }
    return file;
  }
}
