package org.beaconrelay.app.admin;

import org.beaconrelay.app.log.ConnectionLog;
import org.beaconrelay.app.log.Destination;
import org.beaconrelay.app.log.LogSettings;
import org.jspecify.annotations.Nullable;

/// What is logged of links, and what has been.
///
/// @param destination where the log goes, in words: `off`, `stdout`, a file
/// @param retention how long it is kept, in words; `off` = for ever
/// @param log null if there is none
public record LogFacts(
    LogSettings settings, String destination, String retention, @Nullable ConnectionLog log) {
  boolean isOff() {
    return settings.destination() instanceof Destination.Off;
  }

  /// Records of links that have ended which wait in memory until they are written.
  int unwritten() {
    return log == null ? 0 : log.unwritten();
  }

  /// Whether this process itself removes what is too old.
  boolean isRetained() {
    return settings.destination() instanceof Destination.Files;
  }
}
