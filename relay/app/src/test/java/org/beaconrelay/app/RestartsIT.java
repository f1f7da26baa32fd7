package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.app.Deployment.LongRequest;
import org.beaconrelay.app.Deployment.Party;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Everything that can go away does, without warning and over and over, and comes back. The next
/// request is answered at the first attempt, what was under way ends, and nothing is left behind.
///
/// `-Dbeacon.rounds=200` makes a soak of it: a thousand rounds in all. How long each took is
/// written to `target/restarts.txt`.
final class RestartsIT {
  private static final int ROUNDS = Integer.getInteger("beacon.rounds", 4);

  /// Many times what it should take; how long it did take is in the report.
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);

  /// Longer than the relay takes to find that a silent endpoint is dead.
  private static final Duration CUT_OFF_LIMIT = Duration.ofMinutes(3);

  private static final Path REPORT = Path.of("target", "restarts.txt");

  enum Fault {
    RELAY_KILLED,
    BRIDGE_KILLED_UNHEARD,
    BROKER_KILLED,
    SERVICE_KILLED,
    NETWORK_CUT
  }

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void theNextRequestIsAnswered(Fault fault) throws Exception {
    List<LongRequest> underWay = new ArrayList<>();
    try (Deployment deployment = Deployment.withoutBridge(folder)) {
      deployment.startBridge("store");
      answerMs(deployment);
      Map<Party, Integer> descriptors = descriptors(deployment);
      long[] answersMs = new long[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        LongRequest request = deployment.startLongRequest();
        underWay.add(request);
        strike(deployment, fault, round);
        answersMs[round] = answerMs(deployment);
        if (fault == Fault.NETWORK_CUT) {
          request.close(); // it would go on
        }
      }
      for (LongRequest request : underWay) {
        request.awaitCutOff(CUT_OFF_LIMIT);
      }
      for (Map.Entry<Party, Integer> before : descriptors.entrySet()) {
        deployment.beacon(before.getKey()).awaitDescriptors(before.getValue());
      }
      report(fault, answersMs);
    } finally {
      underWay.forEach(LongRequest::close);
    }
  }

  /// Returns when what went away is there again.
  private static void strike(Deployment deployment, Fault fault, int round) throws Exception {
    switch (fault) {
      case RELAY_KILLED -> {
        deployment.kill(Party.RELAY);
        deployment.startRelay();
      }
      case BRIDGE_KILLED_UNHEARD -> {
        deployment.networks().cut("store");
        deployment.kill(Party.BRIDGE);
        deployment.networks().mend("store");
        deployment.startBridge("store");
      }
      case BROKER_KILLED -> {
        deployment.kill(Party.BROKER);
        deployment.startBroker();
      }
      case SERVICE_KILLED -> {
        deployment.kill(Party.SERVICE);
        deployment.startService("store");
      }
      case NETWORK_CUT -> {
        String host = List.of("store", "relay", "cluster").get(round % 3);
        deployment.networks().cut(host);
        Thread.sleep(1000); // TCP sends a few segments in vain
        deployment.networks().mend(host);
      }
    }
  }

  private static long answerMs(Deployment deployment) throws Exception {
    long startNs = System.nanoTime();
    assertThat(deployment.ask(REQUEST_LIMIT)).isEqualTo(Deployment.SECRET);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
  }

  private static Map<Party, Integer> descriptors(Deployment deployment) {
    Map<Party, Integer> descriptors = new EnumMap<>(Party.class);
    for (Party party : List.of(Party.RELAY, Party.BRIDGE, Party.BROKER)) {
      descriptors.put(party, deployment.beacon(party).figures().openKernelObjects());
    }
    return descriptors;
  }

  private static void report(Fault fault, long[] answersMs) throws IOException {
    Arrays.sort(answersMs);
    String line =
        "%s: %d rounds, next request answered in ms: median %d, p99 %d, max %d%n"
            .formatted(
                fault,
                answersMs.length,
                answersMs[answersMs.length / 2],
                answersMs[(answersMs.length * 99 + 99) / 100 - 1],
                answersMs[answersMs.length - 1]);
    Files.writeString(REPORT, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
