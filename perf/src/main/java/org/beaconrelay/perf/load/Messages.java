package org.beaconrelay.perf.load;

import java.io.IOException;
import java.time.Duration;
import org.beaconrelay.perf.Pair;
import org.beaconrelay.perf.RunFailedException;

/// Messages from broker to bridge. Measured is the time of each on its way.
///
/// @param rate messages a second, of all pairs together
/// @param pairs they take turns
/// @param sizeBytes of a message
record Messages(double rate, int pairs, int sizeBytes, Duration warmup, Duration duration)
    implements Load {
  static Messages parse(ScenarioKeys keys) {
    return new Messages(
        keys.number("rate", 1, 1_000_000),
        keys.number("pairs", 1, 1_000_000),
        keys.number("size", MessageStream.MIN_BYTES, 1 << 20),
        keys.duration("warmup"),
        keys.measuredDuration());
  }

  @Override
  public long descriptors() {
    return 2L * pairs;
  }

  @Override
  public void run(Runs runs) throws IOException, InterruptedException, RunFailedException {
    runs.direct(() -> start(DirectPair::open));
    runs.throughRelay(() -> start(runs.relay()::openPair));
  }

  private LoadRun start(Opened.Opener<Pair> opener) throws IOException, RunFailedException {
    Opened<Pair> opened = Opened.of(pairs, opener);
    return MessageRun.start(opened, sizeBytes, Schedule.soon(rate, warmup, duration));
  }
}
