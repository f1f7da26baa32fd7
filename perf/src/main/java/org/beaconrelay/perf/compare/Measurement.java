package org.beaconrelay.perf.compare;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.beaconrelay.perf.Load;
import org.beaconrelay.perf.RunFailedException;
import org.beaconrelay.perf.TaskTimes;

/// How one contender is measured in one scenario: started afresh, put under load, left to warm up,
/// measured under the same load, checked for completeness, and ended.
record Measurement(Scenario scenario, Contender contender, int round, Site site) {
  Sample take(int warmupSeconds, int seconds)
      throws IOException, InterruptedException, RunFailedException {
    try (RunningRelay relay = contender.peer().start(site)) {
      try {
        return underLoad(relay, warmupSeconds, seconds);
      } catch (IOException | RunFailedException e) {
        throw new RunFailedException(
            "%s, round %d, %s: %s; %s"
                .formatted(
                    scenario.label(), round, contender.label(), e.getMessage(), relay.describe()));
      }
    }
  }

  private Sample underLoad(RunningRelay relay, int warmupSeconds, int seconds)
      throws IOException, InterruptedException, RunFailedException {
    try (Pairs pairs = Pairs.open(relay, scenario.pairCount());
        Load load = scenario.start(relay, pairs)) {
      letRun(relay, load, warmupSeconds);
      load.measure();
      Optional<TaskTimes> timesBefore = relay.taskTimes();
      long deliveredBefore = load.delivered();
      long startNs = System.nanoTime();
      letRun(relay, load, seconds);
      Optional<RelayUse> use = relay.useSince(timesBefore);
      long delivered = load.delivered() - deliveredBefore;
      long elapsedNs = System.nanoTime() - startNs;
      Optional<RoundTrips> roundTrips = RoundTrips.of(load.takeRoundTrips());
      load.finish();
      return new Sample(scenario, contender, round, use, elapsedNs, delivered, roundTrips);
    }
  }

  private static void letRun(RunningRelay relay, Load load, int seconds)
      throws InterruptedException, RunFailedException {
    try {
      CompletableFuture.anyOf(relay.end(), load.failure()).get(seconds, TimeUnit.SECONDS);
      throw new RunFailedException("the relay ended under load");
    } catch (ExecutionException e) {
      throw new RunFailedException("the load broke", e.getCause());
    } catch (TimeoutException _) {
      // Nothing happened in all that time: as it should be.
    }
  }
}
