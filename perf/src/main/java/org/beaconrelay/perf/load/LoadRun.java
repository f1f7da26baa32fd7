package org.beaconrelay.perf.load;

import java.util.Map;

/// A load that is under way, on threads of its own.
abstract class LoadRun implements AutoCloseable {
  private final Schedule schedule;
  private final Latencies latencies = new Latencies();
  private final Latencies lateness = new Latencies();
  private volatile boolean stopped;

  LoadRun(Schedule schedule) {
    this.schedule = schedule;
  }

  /// What is due when.
  final Schedule schedule() {
    return schedule;
  }

  /// What is measured.
  final Latencies latencies() {
    return latencies;
  }

  /// How late the generator itself was with each thing: if this is not small beside the
  /// [#latencies], the figures are about the generator.
  final Latencies lateness() {
    return lateness;
  }

  /// Starts nothing more.
  final void stop() {
    stopped = true;
  }

  final boolean isStopped() {
    return stopped;
  }

  /// Waits until all is done, or has been given up.
  ///
  /// @return whether it was in time
  abstract boolean await(long timeoutNs) throws InterruptedException;

  /// What happened how often, measured or not.
  abstract Map<String, Long> counts();

  @Override
  public abstract void close();
}
