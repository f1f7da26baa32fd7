package org.beaconrelay.perf.plan;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/// What the command line asks for.
///
/// @param memoryBytes of a node, if it is given; the same with `cores` and `openFiles`
/// @param page where the page goes; null = nowhere
/// @param json where the figures go; null = nowhere
record Request(
    List<Path> results,
    Wanted wanted,
    OptionalInt replicas,
    double headroom,
    boolean tls,
    OptionalLong memoryBytes,
    OptionalInt cores,
    OptionalInt openFiles,
    @Nullable Path page,
    @Nullable Path json) {

  /// @param problems takes what is wrong with it; then the request is good for nothing
  static Request of(ParseResult arguments, List<String> problems) {
    arguments.errors().forEach(error -> problems.add(String.valueOf(error.getMessage())));
    Values values = new Values(arguments, problems);
    Wanted wanted =
        new Wanted(
            values.required(PlanOptions.PAIRS, Values::whole),
            values.required(PlanOptions.WAITING, Values::whole),
            values.required(PlanOptions.PAIRINGS, Values::rate),
            values.required(PlanOptions.GBITS, Values::rate),
            values.required(PlanOptions.MESSAGES, Values::rate),
            (int)
                values.optional(
                    PlanOptions.MESSAGE_SIZE, "64", text -> Values.between(text, 1, 1 << 30)));
    boolean needsPairs = wanted.gbitPerSecond() > 0 || wanted.messagesPerSecond() > 0;
    if (problems.isEmpty() && needsPairs && wanted.pairs() == 0) {
      problems.add("--pairs is 0: bytes and messages need pairs that they go through");
    }
    if (problems.isEmpty() && wanted.links() == 0 && wanted.pairingsPerSecond() == 0) {
      problems.add("nothing is wanted: all of the load is 0");
    }
    return new Request(
        results(arguments, problems),
        wanted,
        values.intIfAny(PlanOptions.REPLICAS, text -> Values.between(text, 1, Plan.MOST_REPLICAS)),
        values.optional(PlanOptions.HEADROOM, "30", text -> Values.between(text, 0, 90)) / 100,
        values.optional(PlanOptions.TLS, "on", Values::onOff) == 1,
        values.longIfAny(PlanOptions.MEMORY, Values::size),
        values.intIfAny(PlanOptions.CORES, text -> Values.between(text, 1, 1024)),
        values.intIfAny(
            PlanOptions.DESCRIPTORS, text -> Values.between(text, 1, Integer.MAX_VALUE)),
        path(arguments, PlanOptions.OUT, problems),
        path(arguments, PlanOptions.JSON, problems));
  }

  private static List<Path> results(ParseResult arguments, List<String> problems) {
    List<String> names = arguments.matchedOptionValue(PlanOptions.RESULTS.flag(), List.of());
    if (names.isEmpty()) {
      problems.add("--results is not given: write --results DIR, what beacon load --out DIR wrote");
    }
    List<Path> paths = new ArrayList<>();
    for (String name : names) {
      Path path = path(PlanOptions.RESULTS, name, problems);
      if (path != null) {
        paths.add(path);
      }
    }
    return List.copyOf(paths);
  }

  private static @Nullable Path path(
      ParseResult arguments, PlanOptions option, List<String> problems) {
    String name = arguments.matchedOptionValue(option.flag(), "");
    return name.isEmpty() ? null : path(option, name, problems);
  }

  private static @Nullable Path path(PlanOptions option, String name, List<String> problems) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      problems.add("%s \"%s\": is no file name: %s".formatted(option.flag(), name, e.getReason()));
      return null;
    }
  }
}
