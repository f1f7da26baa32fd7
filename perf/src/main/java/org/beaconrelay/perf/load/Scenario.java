package org.beaconrelay.perf.load;

import java.time.Duration;

/// What a run does.
sealed interface Scenario {
  /// Things a second.
  double rate();

  /// Load before the measurement, so that the relay's code is compiled.
  Duration warmup();

  /// How long is measured.
  Duration duration();

  /// Two links that announce the same info_hash, are paired, and go. Measured is the time from the
  /// second announce to PAIRED at both.
  ///
  /// @param rate pairings a second
  /// @param waiting links that wait for others all the while
  record Pairing(double rate, int waiting, Duration warmup, Duration duration)
      implements Scenario {}

  /// Messages from broker to bridge. Measured is the time of each on its way.
  ///
  /// @param rate messages a second, of all pairs together
  /// @param pairs they take turns
  /// @param sizeBytes of a message
  record Messages(double rate, int pairs, int sizeBytes, Duration warmup, Duration duration)
      implements Scenario {}
}
