package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A network that loses everything for a while, without a word.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class NetworkLossIT {
  private static final Duration PATIENT = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void asksAgainWhenTheNetworkIsBack() throws Exception {
    try (Deployment deployment = Deployment.withoutBridge(folder)) {
      deployment.startBridge("store");
      assertThat(deployment.ask(PATIENT)).isEqualTo(Deployment.SECRET);
      for (String host : List.of("store", "relay", "cluster")) {
        deployment.networks().cut(host);
        deployment.askInVain(Duration.ofSeconds(3));
        deployment.networks().mend(host);
        assertThat(deployment.ask(PATIENT)).as("after %s", host).isEqualTo(Deployment.SECRET);
      }
    }
  }

  /// The links of a bridge whose host is gone look as alive to the relay as those of the new one.
  @Test
  void newBridgeIsAskedAndNotTheStaleLinksOfTheOld() throws Exception {
    try (Deployment deployment = Deployment.withoutBridge(folder)) {
      deployment.startBridge("store");
      assertThat(deployment.ask(PATIENT)).isEqualTo(Deployment.SECRET);
      deployment.networks().cut("store"); // before it dies, so that nobody hears of that
      deployment.kill(Deployment.Party.BRIDGE);
      deployment.kill(Deployment.Party.SERVICE);
      deployment.startService("spare");
      deployment.startBridge("spare");
      assertThat(deployment.ask(PATIENT)).isEqualTo(Deployment.SECRET);
      assertThat(deployment.serviceLog("spare")).contains("\"GET /secret HTTP/1.1\" 200");
    }
  }
}
