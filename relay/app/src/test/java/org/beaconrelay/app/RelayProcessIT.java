package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The packaged relay as a process.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class RelayProcessIT {
  private static final InfoHash INFO_HASH = InfoHash.ofHex("5a17".repeat(16));
  private static final InfoHash OTHER_INFO_HASH = InfoHash.ofHex("c0de".repeat(16));

  @TempDir private Path folder;

  @Test
  void drainsOnSigtermAndSaysNothingOfLinks() throws Exception {
    try (RelayJar relay = RelayJar.start(folder, "--listen", "127.0.0.1:0")) {
      InetSocketAddress address = relay.awaitReady();
      List<Integer> ports = new ArrayList<>();
      try (TestEndpoint waiting = TestEndpoint.announce(address, Role.BROKER, OTHER_INFO_HASH);
          TestEndpoint bridge = TestEndpoint.announce(address, Role.BRIDGE, INFO_HASH)) {
        assertThat(waiting.frame()).isEqualTo(new Frame.Waiting());
        assertThat(bridge.frame()).isEqualTo(new Frame.Waiting());
        try (TestEndpoint broker = TestEndpoint.announce(address, Role.BROKER, INFO_HASH)) {
          assertThat(broker.frame()).isInstanceOf(Frame.Paired.class).isEqualTo(bridge.frame());
          exchange(bridge, broker);

          relay.terminate();
          relay.awaitLine("drain");
          assertThat(waiting.frame()).isEqualTo(new Frame.Rejected(RejectReason.DRAINING));
          waiting.expectEnd();
          exchange(bridge, broker);
          ports.addAll(List.of(waiting.port(), bridge.port(), broker.port()));
        }
        bridge.expectEnd();
      }
      assertQuietEnd(relay.awaitEnd(), ports);
    }
  }

  private static void assertQuietEnd(Outcome outcome, List<Integer> ports) {
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out().lines().map(line -> line.split(" ", 2)[0]))
        .containsExactly("start", "config", "ready", "drain", "stop");
    assertThat(outcome.out())
        .contains("\ndrain timeout=30s\n")
        .contains("\nstop pairs-ended=1 pairs-reset=0 took=")
        .doesNotContainIgnoringCase(INFO_HASH.toHex())
        .doesNotContainIgnoringCase(OTHER_INFO_HASH.toHex());
    assertThat(ports)
        .allSatisfy(port -> assertThat(outcome.out()).doesNotContainPattern("\\b" + port + "\\b"));
  }

  private static void exchange(TestEndpoint bridge, TestEndpoint broker) throws IOException {
    broker.send("request");
    bridge.expect("request");
    bridge.send("response");
    broker.expect("response");
  }

  @Test
  void resetsPairsAfterTheDrainTimeout() throws Exception {
    try (RelayJar relay =
        RelayJar.start(
            folder, "--listen", "127.0.0.1:0", "--drain-timeout=100ms", "--data-path=copy")) {
      InetSocketAddress address = relay.awaitReady();
      try (TestEndpoint bridge = TestEndpoint.announce(address, Role.BRIDGE, INFO_HASH);
          TestEndpoint broker = TestEndpoint.announce(address, Role.BROKER, INFO_HASH)) {
        assertThat(broker.frame()).isInstanceOfAny(Frame.Paired.class, Frame.Waiting.class);
        broker.send("request");
        assertThat(bridge.frame()).isInstanceOfAny(Frame.Paired.class, Frame.Waiting.class);
        relay.terminate();

        Outcome outcome = relay.awaitEnd();
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(outcome.out()).contains("\nstop pairs-ended=0 pairs-reset=1 took=");
        assertThat(outcome.err())
            .isEqualTo(
                "beacon: warning: data-path copy: every relayed byte passes through the memory of"
                    + " this process\n");
      }
    }
  }

  @Test
  void saysThatThePortIsInUse() throws Exception {
    try (RelayJar relay = RelayJar.start(folder, "--listen", "127.0.0.1:0")) {
      String address = "127.0.0.1:" + relay.awaitReady().getPort();
      try (RelayJar second = RelayJar.start(folder, "--listen", address)) {
        Outcome outcome = second.awaitEnd();
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(outcome.err())
            .startsWith("beacon: cannot listen at " + address + ": address already in use")
            .contains("--listen")
            .hasLineCount(1);
        assertThat(outcome.out().lines().map(line -> line.split(" ", 2)[0]))
            .containsExactly("start", "config");
      }
    }
  }
}
