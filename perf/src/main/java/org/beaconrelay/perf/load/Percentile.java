package org.beaconrelay.perf.load;

import org.HdrHistogram.Histogram;

/// The percentiles that are reported of times.
enum Percentile {
  P50("p50", 50),
  P90("p90", 90),
  P99("p99", 99),
  P99_9("p99.9", 99.9),
  MAX("max", 100);

  private static final double ALL = 100;

  private final String label;
  private final double percent;

  Percentile(String label, double percent) {
    this.label = label;
    this.percent = percent;
  }

  String label() {
    return label;
  }

  /// Whether there are enough times for it: one beyond which none lies is only the greatest.
  boolean isKnown(Histogram times) {
    return this == MAX || times.getTotalCount() * (ALL - percent) >= ALL;
  }

  long of(Histogram times) {
    return times.getValueAtPercentile(percent);
  }
}
