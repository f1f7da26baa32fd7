package org.beaconrelay.perf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// How one contender is measured in one scenario: started afresh, put under load, left to warm up,
/// measured under the same load, checked for completeness, and ended.
///
/// @param root of the checkout
record Measurement(Scenario scenario, Contender contender, int round, Path root, Pinning pinning) {
  Sample take(int warmupSeconds, int seconds)
      throws IOException, InterruptedException, RunFailedException {
    try (RunningRelay relay = contender.start(root, pinning)) {
      try {
        return underLoad(relay, warmupSeconds, seconds);
      } catch (IOException | RunFailedException e) {
        throw new RunFailedException(
            "%s, round %d, %s: %s; %s"
                .formatted(
                    scenario.label(),
                    round,
                    contender.label(),
                    e.getMessage(),
                    relay.process().describe()));
      }
    }
  }

  private Sample underLoad(RunningRelay relay, int warmupSeconds, int seconds)
      throws IOException, InterruptedException, RunFailedException {
    try (Pairs pairs = Pairs.open(relay, scenario.pairCount());
        Load load = scenario.start(pairs)) {
      letRun(relay, load, warmupSeconds);
      TaskTimes timesBefore = relay.process().taskTimes();
      long deliveredBefore = load.delivered();
      long startNs = System.nanoTime();
      letRun(relay, load, seconds);
      CpuUse cpu = relay.process().taskTimes().since(timesBefore);
      long delivered = load.delivered() - deliveredBefore;
      long elapsedNs = System.nanoTime() - startNs;
      load.finish();
      return new Sample(scenario, contender, round, cpu, elapsedNs, delivered);
    }
  }

  private static void letRun(RunningRelay relay, Load load, int seconds)
      throws InterruptedException, RunFailedException {
    try {
      CompletableFuture.anyOf(relay.process().end(), load.failure()).get(seconds, TimeUnit.SECONDS);
      throw new RunFailedException("the relay ended under load");
    } catch (ExecutionException e) {
      throw new RunFailedException("the load broke", e.getCause());
    } catch (TimeoutException _) {
      // Nothing happened in all that time: as it should be.
    }
  }
}
