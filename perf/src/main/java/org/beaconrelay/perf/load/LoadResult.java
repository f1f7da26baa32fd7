package org.beaconrelay.perf.load;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// What came of one run.
///
/// @param name of what was run against
/// @param whole whether all was done that was to be done, in time
/// @param latencies in nanoseconds
/// @param lateness how late things were begun, in nanoseconds
/// @param counts what happened how often, warm-up included
/// @param cpuNs what the relay's process had of the processors while it was measured; null if
///   unknown
/// @param after the relay's figures at the end; null if unknown
record LoadResult(
    String name,
    boolean whole,
    Histogram latencies,
    Histogram lateness,
    Map<String, Long> counts,
    @Nullable Long cpuNs,
    @Nullable RelayFigures after) {
  private static final double NS_PER_US = 1e3;
  private static final double[] PERCENTILES = {50, 90, 99, 99.9};

  /// All of it, by name, in the order of the report. Times are in microseconds.
  Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("measured", String.valueOf(latencies.getTotalCount()));
    for (double percentile : PERCENTILES) {
      figures.put("p" + name(percentile), us(latencies.getValueAtPercentile(percentile)));
    }
    figures.put("max", us(latencies.getMaxValue()));
    figures.put("begun late by, p50", us(lateness.getValueAtPercentile(50)));
    figures.put("begun late by, p99", us(lateness.getValueAtPercentile(99)));
    if (cpuNs != null && latencies.getTotalCount() > 0) {
      figures.put("relay CPU each", us(cpuNs / latencies.getTotalCount()));
    }
    if (after != null) {
      figures.put("relay RSS, KiB", String.valueOf(after.rssKib()));
      figures.put("relay descriptors", String.valueOf(after.descriptors()));
      figures.put("of these, ends of pipes", String.valueOf(after.pipes()));
    }
    counts.forEach((what, count) -> figures.put(what, String.valueOf(count)));
    return figures;
  }

  private static String name(double percentile) {
    return percentile == Math.rint(percentile)
        ? String.valueOf((int) percentile)
        : String.valueOf(percentile);
  }

  static String us(long ns) {
    return String.format(Locale.ROOT, "%.1f", ns / NS_PER_US);
  }
}
