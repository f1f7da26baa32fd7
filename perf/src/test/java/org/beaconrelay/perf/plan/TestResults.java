package org.beaconrelay.perf.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.beaconrelay.perf.Json;

/// Writes results as `beacon load --out` does, of figures that are easy to reckon with.
///
/// @param folder where each gets a folder of its own
record TestResults(Path folder) {
  private static final long SECOND_NS = 1_000_000_000;
  private static final int SECONDS = 20;
  private static final int BASE_KIB = 80 * 1024;

  /// One of each kind: a pairing takes 400 us, a message 10 us, a Gbit/s a twentieth of a core and
  /// two pipes, 10,000 messages a second two pipes, a waiting link 5,000 bytes, a pair 7,000.
  TestResults all() {
    return pairing("pairing", 500, 400_000)
        .messages("messages", 64, 10_000)
        .bulk("bulk")
        .ramp("ramp-waiting", "waiting", 10_000, 2_000, 3_000)
        .ramp("ramp-pairs", "pairs", 10_000, 1_000, 6_000);
  }

  TestResults pairing(String name, int rate, long cpuNsEach) {
    return write(name, "pairing", "on", Map.of("rate", rate), rateRun(rate, cpuNsEach, 0));
  }

  TestResults churn(String name, int rate, long cpuNsEach) {
    return write(name, "churn", "on", Map.of("rate", rate), rateRun(rate, cpuNsEach, 0));
  }

  TestResults messages(String name, int sizeBytes, long cpuNsEach) {
    Map<String, Object> settings = Map.of("rate", 10_000, "size", sizeBytes);
    return write(name, "messages", "off", settings, rateRun(10_000, cpuNsEach, 4));
  }

  /// 10 Gbit/s.
  TestResults bulk(String name) {
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("unit", "byte");
    run.put("done", 25_000_000_000L);
    run.put("elapsed_ns", SECONDS * SECOND_NS);
    run.put("counts", Map.of());
    run.put("process", Map.of("cpu_ns", SECONDS * SECOND_NS / 2, "pipe_ends", 2));
    run.put("series", List.of(Map.of("t_s", 1, "pipe_ends", 40), Map.of("t_s", 2)));
    return write(name, "bulk", "off", Map.of("pairs", 16), run);
  }

  /// Eight steps that lie exactly on the line.
  TestResults ramp(String name, String kind, int most, int rssBytes, int kernelBytes) {
    List<Object> steps = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      double links = most * i / 8.0;
      steps.add(
          Map.of(
              "links",
              links,
              "rss_kib",
              BASE_KIB + links * rssBytes / 1024,
              "kernel_kib",
              100 + links * kernelBytes / 1024));
    }
    Map<String, Object> each =
        Map.of("rss_bytes", rssBytes, "kernel_bytes", kernelBytes, "descriptors", 1);
    Map<String, Object> ramp =
        Map.of("kind", kind, "steps", steps, "each", each, "none", Map.of("rss_kib", BASE_KIB));
    return write(name, "ramp", "on", Map.of(), Map.of("unit", "link", "ramp", ramp));
  }

  private static Map<String, Object> rateRun(int rate, long cpuNsEach, int pipeEnds) {
    long done = (long) rate * SECONDS;
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("unit", "thing");
    run.put("done", done);
    run.put("elapsed_ns", SECONDS * SECOND_NS);
    run.put("times_us", Map.of("p50", 123.4));
    run.put("late_us", Map.of("p50", 1.5, "p99", 9.5));
    run.put("process", Map.of("cpu_ns", done * cpuNsEach, "pipe_ends", pipeEnds));
    return run;
  }

  private TestResults write(
      String name, String load, String tls, Map<String, Object> settings, Map<String, Object> run) {
    Map<String, Object> scenario = new LinkedHashMap<>(settings);
    scenario.put("load", load);
    scenario.put("tls", tls);
    return write(name, true, scenario, Map.of("relay", run));
  }

  TestResults write(
      String name, boolean whole, Map<String, Object> scenario, Map<String, Object> runs) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format", 1);
    root.put("whole", whole);
    root.put("facts", Map.of("processors", "2", "cpu", "A <fast> one"));
    root.put("scenario", scenario);
    root.put("runs", runs);
    return text(name, Json.write(root));
  }

  TestResults text(String name, String json) {
    try {
      Files.createDirectories(folder.resolve(name));
      Files.writeString(folder.resolve(name).resolve("result.json"), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Evidence evidence() {
    ResultFiles files = ResultFiles.read(List.of(folder));
    if (!files.problems().isEmpty()) {
      throw new IllegalStateException(String.join("; ", files.problems()));
    }
    return Evidence.of(files.results(), files.incomplete(), true);
  }
}
