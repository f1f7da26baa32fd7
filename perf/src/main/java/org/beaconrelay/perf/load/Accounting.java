package org.beaconrelay.perf.load;

import java.io.IOException;
import java.time.Duration;
import org.beaconrelay.perf.RunFailedException;

/// Pairs of which each sends what it likes both ways and ends as it likes; then the relay's records
/// of them are held against what their ends have counted.
///
/// @param rate pairs a second
/// @param maxBytes that an end sends at most
/// @param seed of what they do
/// @param log the relay's
record Accounting(
    double rate, int maxBytes, long seed, ConnectionLog log, Duration warmup, Duration duration)
    implements Load {
  /// How long a pair is open, at most, where nothing stalls but its own ends.
  private static final double OPEN_S = 5;

  static Accounting parse(ScenarioKeys keys) {
    keys.assume("seed", "1");
    return new Accounting(
        keys.number("rate", 1, 1_000_000),
        keys.number("size", 0, 1 << 30),
        keys.number("seed", 0, Integer.MAX_VALUE),
        new ConnectionLog(keys.file("connection-log")),
        keys.duration("warmup"),
        keys.measuredDuration());
  }

  @Override
  public long descriptors() {
    return (long) (2 * OPEN_S * rate);
  }

  @Override
  public void check() throws RunFailedException {
    log.check();
  }

  @Override
  public void run(Runs runs) throws IOException, InterruptedException, RunFailedException {
    runs.throughRelay(
        () -> AccountingRun.start(runs.relay(), this, Schedule.soon(rate, warmup, duration)));
  }
}
