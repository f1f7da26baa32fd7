package org.beaconrelay.perf.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.beaconrelay.perf.Json;
import org.beaconrelay.perf.JsonFields;
import org.beaconrelay.perf.RunFailedException;
import org.jspecify.annotations.Nullable;

/// Reads a `result.json`.
final class ResultReader {
  private static final int FORMAT = 1;
  private static final double KIB = 1024;

  private ResultReader() {}

  /// @param name for people
  /// @return empty if the run was INCOMPLETE
  /// @throws RunFailedException if it cannot be read or is something else; the message says what
  static Optional<Result> read(Path file, String name) throws RunFailedException {
    JsonFields root = new JsonFields(Json.read(file), "");
    try {
      if (root.number("format") != FORMAT) {
        throw new RunFailedException(
            "format is not %d: it is of another version of beacon load".formatted(FORMAT));
      }
      return root.truth("whole") ? Optional.of(result(root, name)) : Optional.empty();
    } catch (RunFailedException e) {
      throw new RunFailedException(
          "%s is no result of beacon load: %s".formatted(file, e.getMessage()));
    }
  }

  private static Result result(JsonFields root, String name) throws RunFailedException {
    JsonFields scenario = root.object("scenario");
    Map<String, Result.Run> runs = new LinkedHashMap<>();
    for (Map.Entry<String, JsonFields> run : root.object("runs").objects().entrySet()) {
      runs.put(run.getKey(), run(run.getValue()));
    }
    Map<String, String> settings = scenario.texts();
    return new Result(
        name,
        scenario.text("load"),
        !settings.getOrDefault("tls", "off").equals("off"),
        settings,
        root.object("facts").texts(),
        runs);
  }

  private static Result.Run run(JsonFields run) throws RunFailedException {
    Result.Ramp ramp = run.has("ramp") ? ramp(run.object("ramp")) : null;
    return new Result.Run(
        required(run, "done", ramp),
        required(run, "elapsed_ns", ramp),
        run.has("times_us") ? run.object("times_us").numbers() : Map.of(),
        numberIn(run, "late_us", "p99"),
        numberIn(run, "process", "cpu_ns"),
        mostPipeEnds(run) / 2,
        ramp);
  }

  private static OptionalDouble numberIn(JsonFields run, String object, String name)
      throws RunFailedException {
    return run.has(object) ? run.object(object).numberIfAny(name) : OptionalDouble.empty();
  }

  /// A ramp does nothing at a rate.
  private static double required(JsonFields run, String name, Result.@Nullable Ramp ramp)
      throws RunFailedException {
    return ramp == null ? run.number(name) : run.numberIfAny(name).orElse(0);
  }

  private static double mostPipeEnds(JsonFields run) throws RunFailedException {
    double most = numberIn(run, "process", "pipe_ends").orElse(0);
    for (JsonFields second : run.has("series") ? run.objects("series") : List.<JsonFields>of()) {
      most = Math.max(most, second.numberIfAny("pipe_ends").orElse(0));
    }
    return most;
  }

  private static Result.Ramp ramp(JsonFields ramp) throws RunFailedException {
    List<Result.Step> steps = new ArrayList<>();
    for (JsonFields step : ramp.objects("steps")) {
      steps.add(
          new Result.Step(
              step.number("links"), KIB * step.number("rss_kib"), KIB * step.number("kernel_kib")));
    }
    JsonFields each = ramp.object("each");
    return new Result.Ramp(
        ramp.text("kind"),
        List.copyOf(steps),
        each.number("rss_bytes"),
        each.number("kernel_bytes"),
        each.number("descriptors"),
        KIB * ramp.object("none").number("rss_kib"));
  }
}
