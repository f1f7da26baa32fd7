package org.beaconrelay.perf.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.beaconrelay.perf.RunFailedException;

/// Pairs that live for one request each. Measured is the time from the broker's announce to the
/// last byte of its reply.
///
/// @param rate pairs a second
record Churn(double rate, Conversation conversation, Duration warmup, Duration duration)
    implements Load {
  static Churn parse(ScenarioKeys keys) {
    return new Churn(
        keys.number("rate", 1, 1_000_000),
        new Conversation(
            keys.number("request", Parcel.MIN_BYTES, Parcel.MAX_BYTES),
            keys.number("reply", Parcel.MIN_BYTES, Parcel.MAX_BYTES),
            keys.choice("ending", List.of("reset", "fin")) == 1),
        keys.duration("warmup"),
        keys.measuredDuration());
  }

  @Override
  public long descriptors() {
    return PairingRun.descriptors(rate);
  }

  @Override
  public void run(Runs runs) throws IOException, InterruptedException, RunFailedException {
    runs.throughRelay(
        () ->
            PairingRun.requests(runs.relay(), conversation, Schedule.soon(rate, warmup, duration)));
  }
}
