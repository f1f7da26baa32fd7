package org.beaconrelay.perf.load;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.beaconrelay.perf.Json;

/// The same figures as in the [LoadText], and how the process went second by second, for programs.
final class LoadJson {
  /// Another one says that whoever reads this one would be mistaken there.
  private static final int FORMAT = 1;

  private static final double NS_PER_US = 1e3;
  private static final double NS_PER_S = 1e9;

  private LoadJson() {}

  static String of(LoadReport report) {
    Map<String, Object> runs = new LinkedHashMap<>();
    report.results().forEach(result -> runs.put(result.name(), run(result)));
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format", FORMAT);
    root.put("whole", report.whole());
    root.put("facts", report.facts());
    root.put("scenario", report.settings());
    root.put("runs", runs);
    return Json.write(root) + "\n";
  }

  private static Map<String, Object> run(LoadResult result) {
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("unit", result.unit().label());
    run.put("done", result.done());
    run.put("elapsed_ns", result.elapsedNs());
    putTimes(run, "times_us", result.latencies(), Percentile.values());
    putTimes(run, "late_us", result.lateness(), Percentile.P50, Percentile.P99);
    run.put("counts", result.counts());
    ProcessSeries process = result.process();
    if (process != null) {
      run.put("process", figures(process.last()));
      run.put("series", process.points().stream().map(LoadJson::point).toList());
    }
    if (result.ramp() != null) {
      run.put("ramp", RampJson.of(result.ramp()));
    }
    return run;
  }

  private static void putTimes(
      Map<String, Object> run, String name, Histogram times, Percentile... percentiles) {
    if (times.getTotalCount() > 0) {
      Map<String, Object> reported = new LinkedHashMap<>();
      for (Percentile percentile : percentiles) {
        if (percentile.isKnown(times)) {
          reported.put(percentile.label(), us(percentile.of(times)));
        }
      }
      run.put(name, reported);
    }
  }

  /// To a tenth.
  private static double us(long ns) {
    return Math.round(ns / (NS_PER_US / 10)) / 10.0;
  }

  private static Map<String, Object> point(ProcessPoint point) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("t_s", Math.round(point.elapsedNs() / NS_PER_S));
    object.putAll(figures(point));
    return object;
  }

  private static Map<String, Object> figures(ProcessPoint point) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("cpu_ns", point.cpuNs());
    object.put("rss_kib", point.rssKib());
    object.put("descriptors", point.descriptors());
    object.put("pipe_ends", point.pipeEnds());
    object.put("threads", point.threads());
    return object;
  }
}
