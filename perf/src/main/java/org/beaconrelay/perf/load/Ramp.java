package org.beaconrelay.perf.load;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.OptionalLong;
import org.beaconrelay.perf.RunFailedException;

/// Links that do nothing, more and more of them. Measured is what each one more takes of memory and
/// descriptors.
///
/// @param links in the end: that wait, or pairs
/// @param steps in which they are opened
/// @param settle from the opening of a step's links to the look at what there is
record Ramp(RampKind kind, int links, int steps, Duration settle) implements Load {
  static Ramp parse(ScenarioKeys keys) {
    keys.assume("steps", "8");
    keys.assume("settle", "3s");
    return new Ramp(
        RampKind.values()[keys.choice("kind", RampKind.labels())],
        keys.number("links", 1, 1_000_000),
        keys.number("steps", 2, 100),
        keys.duration("settle"));
  }

  /// How many are open at a step; none are at step 0.
  int linksAt(int step) {
    return (int) ((long) links * step / steps);
  }

  /// How many a step opens.
  int linksOf(int step) {
    return linksAt(step) - linksAt(Math.max(0, step - 1));
  }

  /// Where no relay is between, both ends are here.
  @Override
  public long descriptors() {
    return 2L * links;
  }

  @Override
  public void run(Runs runs) throws IOException, InterruptedException, RunFailedException {
    KernelMemory memory = KernelMemory.best();
    RampRun direct = new RampRun("direct", this, memory, OptionalLong.empty(), runs::isStopped);
    if (runs.relayPid().isPresent()) {
      climbDirectly(direct);
    }
    RampRun relay = new RampRun("relay", this, memory, runs.relayPid(), runs::isStopped);
    relay.climb(kind.opener(runs.relay()));
    runs.add(relay.result(direct, runs.relay().tls()));
  }

  /// What the generator's own ends take is told by ends that no relay has to do with.
  private static void climbDirectly(RampRun direct)
      throws IOException, InterruptedException, RunFailedException {
    try (ServerSocketChannel listener = DirectPair.listen()) {
      direct.climb(() -> RampKind.resetOnClose(DirectPair.open(listener)));
    }
  }
}
