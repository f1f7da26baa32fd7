package org.beaconrelay.perf.load;

import java.util.Map;

/// A load that is under way, on threads of its own.
interface LoadRun extends AutoCloseable {
  /// What is due when.
  Schedule schedule();

  /// What is measured.
  Latencies latencies();

  /// How late the generator itself was with each thing: if this is not small beside the
  /// [#latencies], the figures are about the generator.
  Latencies lateness();

  /// Waits until all is done, or has been given up.
  ///
  /// @return whether it was in time
  boolean await(long timeoutNs) throws InterruptedException;

  /// Starts nothing more.
  void stop();

  /// What happened how often, measured or not.
  Map<String, Long> counts();

  @Override
  void close();
}
