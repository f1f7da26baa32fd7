package org.beaconrelay.perf;

/// One measurement.
///
/// @param round from 1
/// @param delivered bytes or messages, as the scenario counts
record Sample(
    Scenario scenario, Contender contender, int round, CpuUse cpu, long elapsedNs, long delivered) {
  /// Relay CPU time in the cost unit of the scenario.
  double cost() {
    return scenario.figure().cost(cpu.runNs(), delivered);
  }

  /// In the throughput unit of the scenario.
  double throughput() {
    return scenario.figure().throughput(delivered, elapsedNs);
  }

  /// Share of the time in which a thread of the relay was kept waiting for a core.
  double waitShare() {
    return (double) cpu.longestWaitNs() / elapsedNs;
  }
}
