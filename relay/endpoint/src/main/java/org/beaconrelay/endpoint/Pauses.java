package org.beaconrelay.endpoint;

import java.time.Duration;

/// Waiting before the next attempt.
final class Pauses {
  private Pauses() {}

  /// Waits, or less if the thread is interrupted, which stays known.
  static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
