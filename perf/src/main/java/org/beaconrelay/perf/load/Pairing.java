package org.beaconrelay.perf.load;

import java.io.IOException;
import java.time.Duration;
import org.beaconrelay.perf.RunFailedException;

/// Two links that announce the same info_hash, are paired, and go. Measured is the time from the
/// second announce to PAIRED at both.
///
/// @param rate pairings a second
/// @param waiting links that wait for others all the while
record Pairing(double rate, int waiting, Duration warmup, Duration duration) implements Load {
  static Pairing parse(ScenarioKeys keys) {
    return new Pairing(
        keys.number("rate", 1, 1_000_000),
        keys.number("waiting", 0, 1_000_000),
        keys.duration("warmup"),
        keys.measuredDuration());
  }

  @Override
  public long descriptors() {
    return waiting + PairingRun.descriptors(rate);
  }

  @Override
  public void run(Runs runs) throws IOException, InterruptedException, RunFailedException {
    Relay relay = runs.relay();
    try (Opened<?> _ = Opened.of(waiting, relay::openWaiting, runs::isStopped)) {
      runs.throughRelay(() -> PairingRun.pairings(relay, Schedule.soon(rate, warmup, duration)));
    }
  }
}
