package org.beaconrelay.perf.compare;

import java.util.Locale;

/// What a scenario counts, and the units in which CPU time for it and its throughput are told.
enum Amount {
  /// Bytes that arrived.
  BYTES("s/GiB", 1L << 30, 1e9, "%.3f", "GiB/s", "%.2f"),
  /// Transfers of one message in one direction.
  MESSAGES("us/message", 1, 1e3, "%.2f", "messages/s", "%.0f"),
  /// Pairs that were opened, used and closed.
  PAIRS("us/pair", 1, 1e3, "%.1f", "pairs/s", "%.0f");

  private final String cpuUnit;
  private final long countPerUnit;
  private final double nsPerCpuUnit;
  private final String cpuFormat;
  private final String throughputUnit;
  private final String throughputFormat;

  Amount(
      String cpuUnit,
      long countPerUnit,
      double nsPerCpuUnit,
      String cpuFormat,
      String throughputUnit,
      String throughputFormat) {
    this.cpuUnit = cpuUnit;
    this.countPerUnit = countPerUnit;
    this.nsPerCpuUnit = nsPerCpuUnit;
    this.cpuFormat = cpuFormat;
    this.throughputUnit = throughputUnit;
    this.throughputFormat = throughputFormat;
  }

  String cpuUnit() {
    return cpuUnit;
  }

  String throughputUnit() {
    return throughputUnit;
  }

  /// CPU time for one GiB, message or pair.
  double cpu(long runNs, long count) {
    return runNs / nsPerCpuUnit * countPerUnit / count;
  }

  /// GiB, messages or pairs a second.
  double throughput(long count, long elapsedNs) {
    return (double) count / countPerUnit / (elapsedNs / 1e9);
  }

  String formatCpu(double cpu) {
    return String.format(Locale.ROOT, cpuFormat, cpu);
  }

  String formatThroughput(double throughput) {
    return String.format(Locale.ROOT, throughputFormat, throughput);
  }
}
