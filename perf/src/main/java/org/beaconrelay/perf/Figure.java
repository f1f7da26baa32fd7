package org.beaconrelay.perf;

import java.util.Locale;

/// What is counted in a scenario, and the units in which cost and throughput are told.
enum Figure {
  /// Bytes that arrived.
  BYTES("s/GiB", 1L << 30, 1e9, "%.3f", "GiB/s", "%.2f"),
  /// Transfers of one message in one direction.
  MESSAGES("us/message", 1, 1e3, "%.2f", "messages/s", "%.0f");

  private final String costUnit;
  private final long amountPerUnit;
  private final double nsPerCostUnit;
  private final String costFormat;
  private final String throughputUnit;
  private final String throughputFormat;

  Figure(
      String costUnit,
      long amountPerUnit,
      double nsPerCostUnit,
      String costFormat,
      String throughputUnit,
      String throughputFormat) {
    this.costUnit = costUnit;
    this.amountPerUnit = amountPerUnit;
    this.nsPerCostUnit = nsPerCostUnit;
    this.costFormat = costFormat;
    this.throughputUnit = throughputUnit;
    this.throughputFormat = throughputFormat;
  }

  String costUnit() {
    return costUnit;
  }

  String throughputUnit() {
    return throughputUnit;
  }

  /// CPU time for one GiB or one message.
  double cost(long runNs, long amount) {
    return runNs / nsPerCostUnit * amountPerUnit / amount;
  }

  /// GiB or messages a second.
  double throughput(long amount, long elapsedNs) {
    return (double) amount / amountPerUnit / (elapsedNs / 1e9);
  }

  String formatCost(double cost) {
    return String.format(Locale.ROOT, costFormat, cost);
  }

  String formatThroughput(double throughput) {
    return String.format(Locale.ROOT, throughputFormat, throughput);
  }
}
