package org.beaconrelay.perf.compare;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is told of the contenders of a scenario.
enum Figure {
  CPU("CPU", Better.BELOW_1),
  THROUGHPUT("throughput", Better.ABOVE_1),
  P50("p50", null),
  P50_ADDED("p50 added", Better.BELOW_1),
  P99("p99", null),
  P99_ADDED("p99 added", Better.BELOW_1),
  MEMORY("memory", null);

  private static final double NS_PER_US = 1e3;
  private static final double BYTES_PER_MIB = 1 << 20;

  /// Where the ratio of Beacon's figure and another's lies if Beacon does better.
  enum Better {
    BELOW_1("below 1"),
    ABOVE_1("above 1");

    private final String label;

    Better(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  private final String label;
  private final @Nullable Better better;

  Figure(String label, @Nullable Better better) {
    this.label = label;
    this.better = better;
  }

  String label() {
    return label;
  }

  /// Empty for what is only told, not compared.
  Optional<Better> better() {
    return Optional.ofNullable(better);
  }

  /// Whether only a relay has it: there is none without one.
  boolean isOfRelay() {
    return switch (this) {
      case CPU, MEMORY, P50_ADDED, P99_ADDED -> true;
      case THROUGHPUT, P50, P99 -> false;
    };
  }

  String unit(Amount amount) {
    return switch (this) {
      case CPU -> amount.cpuUnit();
      case THROUGHPUT -> amount.throughputUnit();
      case P50, P50_ADDED, P99, P99_ADDED -> "us";
      case MEMORY -> "MiB";
    };
  }

  String format(Amount amount, double value) {
    return switch (this) {
      case CPU -> amount.formatCpu(value);
      case THROUGHPUT -> amount.formatThroughput(value);
      case P50, P50_ADDED, P99, P99_ADDED -> String.format(Locale.ROOT, "%.1f", value);
      case MEMORY -> String.format(Locale.ROOT, "%.0f", value);
    };
  }

  /// With its name and unit.
  String describe(Amount amount, double value) {
    return "%s %s %s".formatted(label, format(amount, value), unit(amount));
  }

  /// In its unit.
  ///
  /// @param direct what was measured without a relay in the same round, if it was
  /// @return empty if there is no such figure
  Optional<Double> of(Sample sample, Optional<Sample> direct) {
    Amount amount = sample.scenario().amount();
    return switch (this) {
      case CPU -> sample.relay().map(relay -> amount.cpu(relay.cpu().runNs(), sample.delivered()));
      case THROUGHPUT -> Optional.of(amount.throughput(sample.delivered(), sample.elapsedNs()));
      case P50 -> sample.roundTrips().map(times -> times.p50Ns() / NS_PER_US);
      case P99 -> sample.roundTrips().map(times -> times.p99Ns() / NS_PER_US);
      case P50_ADDED -> added(P50, sample, direct);
      case P99_ADDED -> added(P99, sample, direct);
      case MEMORY -> sample.relay().map(relay -> relay.residentBytes() / BYTES_PER_MIB);
    };
  }

  private static Optional<Double> added(Figure total, Sample sample, Optional<Sample> direct) {
    if (sample.relay().isEmpty()) {
      return Optional.empty();
    }
    return direct
        .flatMap(without -> total.of(without, direct))
        .flatMap(without -> total.of(sample, direct).map(with -> with - without));
  }
}
