package org.beaconrelay.perf.jmh;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.beaconrelay.perf.Json;
import org.beaconrelay.perf.JsonFields;
import org.beaconrelay.perf.RunFailedException;
import org.beaconrelay.perf.jmh.Benchmark.Score;
import org.jspecify.annotations.Nullable;

/// Reads a file that JMH has written with `-rf json`.
final class BenchmarkFile {
  private static final String ALLOCATION = "gc.alloc.rate.norm";
  private static final List<String> FACTS =
      List.of("jmhVersion", "vmName", "vmVersion", "mode", "threads", "forks");

  private BenchmarkFile() {}

  /// @throws RunFailedException if it cannot be read or is something else; the message says what
  static List<Benchmark> read(Path file) throws RunFailedException {
    JsonNode root = Json.read(file);
    if (!root.isArray() || root.isEmpty()) {
      throw new RunFailedException(
          file + " has no benchmarks in it: give a file that JMH has written with -rf json");
    }
    List<Benchmark> benchmarks = new ArrayList<>();
    try {
      for (JsonNode node : root) {
        benchmarks.add(benchmark(new JsonFields(node, "[%d].".formatted(benchmarks.size()))));
      }
    } catch (RunFailedException e) {
      throw new RunFailedException("%s is no result of JMH: %s".formatted(file, e.getMessage()));
    }
    return benchmarks;
  }

  private static Benchmark benchmark(JsonFields fields) throws RunFailedException {
    String[] names = fields.text("benchmark").split("\\.", -1);
    if (names.length < 2) {
      throw new RunFailedException(fields.path() + "benchmark is not CLASS.METHOD");
    }
    return new Benchmark(
        names[names.length - 2],
        names[names.length - 1],
        fields.has("params") ? fields.object("params").texts() : Map.of(),
        fields.text("mode"),
        score(fields.object("primaryMetric")),
        allocation(fields),
        facts(fields));
  }

  private static Score score(JsonFields metric) throws RunFailedException {
    return new Score(
        metric.number("score"), metric.numberOrNaN("scoreError"), metric.text("scoreUnit"));
  }

  private static @Nullable Score allocation(JsonFields fields) throws RunFailedException {
    if (!fields.has("secondaryMetrics")) {
      return null;
    }
    JsonFields metrics = fields.object("secondaryMetrics");
    return metrics.has(ALLOCATION) ? score(metrics.object(ALLOCATION)) : null;
  }

  private static Map<String, String> facts(JsonFields fields) {
    Map<String, String> all = fields.texts();
    Map<String, String> facts = new LinkedHashMap<>();
    FACTS.forEach(name -> facts.put(name, all.getOrDefault(name, "unknown")));
    facts.put("warm-up", iterations(all, "warmup"));
    facts.put("measured", iterations(all, "measurement"));
    return facts;
  }

  private static String iterations(Map<String, String> all, String phase) {
    return "%s iterations of %s"
        .formatted(
            all.getOrDefault(phase + "Iterations", "unknown"),
            all.getOrDefault(phase + "Time", "unknown"));
  }
}
