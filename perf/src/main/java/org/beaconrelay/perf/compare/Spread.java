package org.beaconrelay.perf.compare;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/// Where the figures of several rounds lie.
record Spread(double median, double min, double max) {
  /// @return empty if there are no figures
  static Optional<Spread> of(List<Double> figures) {
    if (figures.isEmpty()) {
      return Optional.empty();
    }
    List<Double> sorted = figures.stream().sorted().toList();
    int upperMiddle = sorted.size() / 2;
    int lowerMiddle = (sorted.size() - 1) / 2;
    double median = (sorted.get(lowerMiddle) + sorted.get(upperMiddle)) / 2;
    return Optional.of(new Spread(median, sorted.getFirst(), sorted.getLast()));
  }

  /// `median (min-max)`.
  String format(DoubleFunction<String> number) {
    return "%s (%s-%s)".formatted(number.apply(median), number.apply(min), number.apply(max));
  }
}
