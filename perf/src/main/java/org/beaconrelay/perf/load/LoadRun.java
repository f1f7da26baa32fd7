package org.beaconrelay.perf.load;

import java.io.Closeable;
import java.util.Map;

/// A load that is under way, on threads of its own.
abstract class LoadRun implements Closeable {
  private final Unit unit;
  private final Window window;
  private final Latencies latencies = new Latencies();
  private final Latencies lateness = new Latencies();
  private volatile boolean stopped;

  /// @param unit what it does
  /// @param window when it is measured
  LoadRun(Unit unit, Window window) {
    this.unit = unit;
    this.window = window;
  }

  final Unit unit() {
    return unit;
  }

  final Window window() {
    return window;
  }

  /// How long each of those took that are measured.
  final Latencies latencies() {
    return latencies;
  }

  /// How late the generator itself was with each of them: if this is not small beside the
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

  /// How much was done so far, measured or not.
  abstract long done();

  /// What happened how often, measured or not.
  abstract Map<String, Long> counts();

  /// Whether all was done that was to be done, and nothing else happened.
  abstract boolean isWhole();
}
