package org.beaconrelay.app.log;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Stands still unless the test moves it.
final class ManualClock implements InstantSource {
  private volatile Instant now;

  ManualClock(String now) {
    this.now = Instant.parse(now);
  }

  void set(String time) {
    now = Instant.parse(time);
  }

  void advance(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
