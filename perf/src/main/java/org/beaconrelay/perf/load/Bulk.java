package org.beaconrelay.perf.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.beaconrelay.perf.Pair;
import org.beaconrelay.perf.RunFailedException;

/// As many bytes as the relay takes.
///
/// @param bothWays whether brokers send too; bridges always do
/// @param slow how many of the pairs have a broker that reads slowly
/// @param slowBytesPerSecond how slowly
record Bulk(
    int pairs,
    boolean bothWays,
    int slow,
    int slowBytesPerSecond,
    Duration warmup,
    Duration duration)
    implements Load {
  /// Each has four threads here.
  private static final int MAX_PAIRS = 1_000;

  static Bulk parse(ScenarioKeys keys) {
    int pairs = keys.number("pairs", 1, MAX_PAIRS);
    boolean bothWays = keys.choice("directions", List.of("one", "both")) == 1;
    keys.assume("slow", "0");
    keys.assume("slow-rate", "65536");
    return new Bulk(
        pairs,
        bothWays,
        keys.number("slow", 0, pairs),
        keys.number("slow-rate", 1, 1 << 30),
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
    return BulkRun.start(this, Opened.of(pairs, opener));
  }
}
