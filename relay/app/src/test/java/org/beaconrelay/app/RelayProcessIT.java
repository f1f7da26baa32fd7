package org.beaconrelay.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
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
import org.beaconrelay.testing.TestLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The packaged relay as a process.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class RelayProcessIT {
  private static final InfoHash INFO_HASH = InfoHash.ofHex("5a17".repeat(16));
  private static final InfoHash OTHER_INFO_HASH = InfoHash.ofHex("c0de".repeat(16));

  private static final Path WITHOUT_SYSCALL =
      Path.of("../testing/src/main/python/without_syscall.py").toAbsolutePath().normalize();

  /// The same number on every architecture (asm-generic/unistd.h).
  private static final int IO_URING_SETUP = 425;

  @TempDir private Path folder;

  @Test
  void drainsOnSigtermAndSaysNothingOfLinks() throws Exception {
    try (RelayJar relay = RelayJar.start(folder, "--listen", "127.0.0.1:0")) {
      InetSocketAddress address = relay.awaitReady();
      List<Integer> ports = new ArrayList<>();
      try (TestLink waiting = TestLink.announce(address, Role.BROKER, OTHER_INFO_HASH);
          TestLink bridge = TestLink.announce(address, Role.BRIDGE, INFO_HASH)) {
        assertThat(waiting.receiveFrame()).isEqualTo(new Frame.Waiting());
        assertThat(bridge.receiveFrame()).isEqualTo(new Frame.Waiting());
        try (TestLink broker = TestLink.announce(address, Role.BROKER, INFO_HASH)) {
          assertThat(broker.receiveFrame())
              .isInstanceOf(Frame.Paired.class)
              .isEqualTo(bridge.receiveFrame());
          exchange(bridge, broker);
          assertThat(relay.figures().filesOpenForWriting()).isEmpty();

          relay.terminate();
          relay.awaitLine("drain");
          assertThat(waiting.receiveFrame()).isEqualTo(new Frame.Rejected(RejectReason.DRAINING));
          assertThat(waiting.isAtEnd()).isTrue();
          exchange(bridge, broker);
          ports.addAll(
              List.of(
                  waiting.source().getPort(),
                  bridge.source().getPort(),
                  broker.source().getPort()));
        }
        assertThat(bridge.isAtEnd()).isTrue();
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
        .contains(" connection-log=off ")
        .contains("\ndrain timeout=30s\n")
        .contains("\nstop pairs-ended=1 pairs-reset=0 took=")
        .doesNotContainIgnoringCase(INFO_HASH.toHex())
        .doesNotContainIgnoringCase(OTHER_INFO_HASH.toHex());
    assertThat(ports)
        .allSatisfy(port -> assertThat(outcome.out()).doesNotContainPattern("\\b" + port + "\\b"));
  }

  private static void exchange(TestLink bridge, TestLink broker) throws IOException {
    broker.send("request".getBytes(US_ASCII));
    assertThat(bridge.receive("request".length())).isEqualTo("request".getBytes(US_ASCII));
    bridge.send("response".getBytes(US_ASCII));
    assertThat(broker.receive("response".length())).isEqualTo("response".getBytes(US_ASCII));
  }

  @Test
  void resetsPairsAfterTheDrainTimeout() throws Exception {
    try (RelayJar relay =
        RelayJar.start(
            folder, "--listen", "127.0.0.1:0", "--drain-timeout=100ms", "--data-path=copy")) {
      InetSocketAddress address = relay.awaitReady();
      try (TestLink bridge = TestLink.announce(address, Role.BRIDGE, INFO_HASH);
          TestLink broker = TestLink.announce(address, Role.BROKER, INFO_HASH)) {
        assertThat(broker.receiveFrame()).isInstanceOfAny(Frame.Paired.class, Frame.Waiting.class);
        broker.send("request".getBytes(US_ASCII));
        assertThat(bridge.receiveFrame()).isInstanceOfAny(Frame.Paired.class, Frame.Waiting.class);
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

  @Test
  void saysWhatItsHostLacks() throws Exception {
    List<String> fewDescriptors = List.of(Programs.find("prlimit"), "--nofile=4096:4096");
    try (RelayJar relay = RelayJar.readyBy(fewDescriptors, folder)) {
      relay.awaitErr("beacon: warning: host: descriptors: 4096: ");
      relay.awaitErr(" that the heap has room for: LimitNOFILE=1048576\n");
    }
  }

  // ---- where a sandbox forbids a system call

  private static List<String> without(int syscall) {
    return List.of(Programs.find("python3"), WITHOUT_SYSCALL.toString(), String.valueOf(syscall));
  }

  @Test
  void runsOnEpollWhereIoUringIsForbidden() throws Exception {
    try (RelayJar relay =
            RelayJar.readyBy(without(IO_URING_SETUP), folder, "--drain-timeout=100ms");
        TestLink bridge = TestLink.announce(relay.address(), Role.BRIDGE, INFO_HASH);
        TestLink broker = TestLink.announce(relay.address(), Role.BROKER, INFO_HASH)) {
      bridge.awaitPaired();
      broker.awaitPaired();
      exchange(bridge, broker);
      relay.terminate();
      Outcome outcome = relay.awaitEnd();
      assertThat(outcome.out())
          .containsOnlyOnce(" transport=epoll transport-reason=\"no io_uring: ");
      assertThat(outcome.err()).isEmpty();
    }
  }

  @Test
  void saysThatIoUringIsForbidden() throws Exception {
    try (RelayJar relay =
        RelayJar.startBy(without(IO_URING_SETUP), folder, "--transport", "io_uring")) {
      Outcome outcome = relay.awaitEnd();
      assertThat(outcome.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
      assertThat(outcome.err())
          .startsWith("beacon: flag --transport \"io_uring\": io_uring cannot be used here (")
          .contains("write auto or epoll");
      assertThat(outcome.out()).isEmpty();
    }
  }
}
