package org.beaconrelay.perf.load;

import java.util.List;
import java.util.function.ToLongFunction;

/// The relay's process from the beginning of the measured time to its end, second by second.
///
/// @param points at least one
record ProcessSeries(List<ProcessPoint> points) {
  private static final double NS_PER_MINUTE = 60e9;

  ProcessPoint first() {
    return points.getFirst();
  }

  ProcessPoint last() {
    return points.getLast();
  }

  long max(ToLongFunction<ProcessPoint> figure) {
    return points.stream().mapToLong(figure).max().orElseThrow();
  }

  /// Whether it is long enough to tell by the minute.
  boolean isMinutes() {
    return last().elapsedNs() >= NS_PER_MINUTE;
  }

  /// How its memory grows: the slope of the line that is nearest to all points by least squares.
  double rssKibPerMinute() {
    double meanMinutes =
        points.stream().mapToDouble(ProcessSeries::minutes).average().orElseThrow();
    double meanKib = points.stream().mapToLong(ProcessPoint::rssKib).average().orElseThrow();
    double covariance = 0;
    double variance = 0;
    for (ProcessPoint point : points) {
      double minutes = minutes(point) - meanMinutes;
      covariance += minutes * (point.rssKib() - meanKib);
      variance += minutes * minutes;
    }
    return covariance / variance;
  }

  private static double minutes(ProcessPoint point) {
    return point.elapsedNs() / NS_PER_MINUTE;
  }
}
