package org.beaconrelay.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.endpoint.pki.CertificateAuthority;
import org.beaconrelay.endpoint.pki.SelfSigned;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The packaged bridge and broker, each a process, with a packaged relay between them.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class EndpointIT {
  private static final int LENGTH = 1 << 20;
  private static final int TIMEOUT_MS = 30_000;

  @TempDir private Path folder;

  private EndpointFiles files;
  private ServerSocket service;

  @BeforeEach
  void makeCertificatesAndService() throws Exception {
    files = EndpointFiles.make(folder);
    service = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    service.setSoTimeout(TIMEOUT_MS);
  }

  @AfterEach
  void closeService() throws IOException {
    service.close();
  }

  private static String hostPort(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  private BeaconProcess start(String role, String ca, InetSocketAddress relay, String... options)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of(role, "--relay", hostPort(relay), "--ca", files.path(ca)));
    arguments.addAll(
        List.of("--cert", files.path(role + ".pem"), "--key", files.path(role + ".key")));
    arguments.addAll(List.of(options));
    return BeaconProcess.start(List.of(), folder, arguments);
  }

  private BeaconProcess startBridge(InetSocketAddress relay, String... options) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("--service", hostPort((InetSocketAddress) service.getLocalSocketAddress())));
    arguments.addAll(List.of(options));
    return start("bridge", "ca.pem", relay, arguments.toArray(String[]::new));
  }

  private BeaconProcess startBroker(InetSocketAddress relay, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--listen", "127.0.0.1:0"));
    arguments.addAll(List.of(options));
    return start("broker", "ca.pem", relay, arguments.toArray(String[]::new));
  }

  private static Socket connect(BeaconProcess broker) throws IOException {
    String line = broker.awaitReady();
    int port = Integer.parseInt(line.replaceFirst("ready listen=127\\.0\\.0\\.1:(\\d+) .*", "$1"));
    Socket caller = new Socket(InetAddress.getLoopbackAddress(), port);
    caller.setSoTimeout(TIMEOUT_MS);
    return caller;
  }

  private Socket accept() throws IOException {
    Socket accepted = service.accept();
    accepted.setSoTimeout(TIMEOUT_MS);
    return accepted;
  }

  private static String pinOf(RelayJar relay) {
    return relay.readyLine().replaceFirst(".* sha256=", "");
  }

  private static byte[] randomBytes(int seed) {
    byte[] bytes = new byte[LENGTH];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static void assertMoved(byte[] bytes, Socket from, Socket to) throws Exception {
    Thread sender =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    from.getOutputStream().write(bytes);
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                });
    assertThat(to.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
    sender.join();
  }

  @Test
  void carriesBytesExactlyAndLetsThemEndOnSigterm() throws Exception {
    try (RelayJar relay = RelayJar.readyWithTls(folder);
        BeaconProcess bridge = startBridge(relay.address(), "--relay-pin", pinOf(relay));
        BeaconProcess broker = startBroker(relay.address(), "--relay-pin", pinOf(relay))) {
      assertThat(bridge.awaitReady())
          .isEqualTo(
              "ready relay=%s service=%s"
                  .formatted(
                      hostPort(relay.address()),
                      hostPort((InetSocketAddress) service.getLocalSocketAddress())));
      try (Socket caller = connect(broker);
          Socket callee = accept()) {
        assertMoved(randomBytes(1), caller, callee);
        assertMoved(randomBytes(2), callee, caller);

        bridge.terminate();
        broker.terminate();
        bridge.awaitLine("drain");
        broker.awaitLine("drain");
        assertMoved(randomBytes(3), caller, callee);
        caller.shutdownOutput();
        assertThat(callee.getInputStream().read()).isNegative();
        callee.getOutputStream().write("bye".getBytes(US_ASCII));
        callee.shutdownOutput();
        assertThat(caller.getInputStream().readAllBytes()).isEqualTo("bye".getBytes(US_ASCII));
      }
      for (BeaconProcess endpoint : List.of(bridge, broker)) {
        Outcome outcome = endpoint.awaitEnd();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out().lines().map(line -> line.split(" ", 2)[0]))
            .containsExactly("start", "config", "ready", "drain", "stop");
        assertThat(outcome.out()).contains("\ndrain connections=1 timeout=30s\nstop took=");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
      }
    }
  }

  @Test
  void resetsWhatDoesNotEndInTime() throws Exception {
    try (RelayJar relay = RelayJar.ready(folder);
        BeaconProcess bridge = startBridge(relay.address(), "--relay-tls", "off");
        BeaconProcess broker =
            startBroker(relay.address(), "--relay-tls", "off", "--drain-timeout", "100ms")) {
      bridge.awaitReady();
      try (Socket caller = connect(broker);
          Socket callee = accept()) {
        assertMoved(randomBytes(1), caller, callee);
        broker.terminate();
        assertThat(broker.awaitEnd().exitCode()).isEqualTo(ExitCode.OK);
        assertThatExceptionOfType(SocketException.class)
            .isThrownBy(() -> caller.getInputStream().read());
      }
    }
  }

  @Test
  void goesOnTryingUntilTheRelayIsThere() throws Exception {
    InetSocketAddress later;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      later = (InetSocketAddress) free.getLocalSocketAddress();
    }
    try (BeaconProcess bridge = startBridge(later, "--relay-tls", "off")) {
      bridge.awaitErr(
          "beacon: relay %s: nobody listens there (connection refused)\n"
              .formatted(hostPort(later)));
      try (RelayJar relay = RelayJar.start(folder, "--listen", hostPort(later))) {
        relay.awaitReady();
        bridge.awaitReady();
        try (BeaconProcess broker = startBroker(later, "--relay-tls", "off");
            Socket caller = connect(broker);
            Socket callee = accept()) {
          assertMoved(randomBytes(1), caller, callee);
        }
        relay.terminate();
      }
    }
  }

  @Test
  void trustsTheAuthorityThatItIsTold() throws Exception {
    files.write("relay", SelfSigned.make("relay", List.of("127.0.0.1"), InstantSource.system()));
    files.write("other", SelfSigned.make("relay", List.of("127.0.0.1"), InstantSource.system()));
    try (RelayJar relay =
            RelayJar.readyWithTls(
                folder,
                "--tls-cert",
                files.path("relay.pem"),
                "--tls-key",
                files.path("relay.key"));
        BeaconProcess right = startBridge(relay.address(), "--relay-ca", files.path("relay.pem"));
        BeaconProcess wrong = startBridge(relay.address(), "--relay-ca", files.path("other.pem"))) {
      right.awaitReady();
      wrong.awaitErr("beacon: relay %s: ".formatted(hostPort(relay.address())));
      assertNeverReady(wrong);
    }
  }

  @Test
  void doesNotTalkToARelayWithAnotherPin() throws Exception {
    String other = "5a".repeat(32);
    try (RelayJar relay = RelayJar.readyWithTls(folder);
        BeaconProcess bridge = startBridge(relay.address(), "--relay-pin", other)) {
      bridge.awaitErr(
          "relay %s: the relay's certificate has the SHA-256 %s, and pinned is %s\n"
              .formatted(hostPort(relay.address()), pinOf(relay), other));
      assertNeverReady(bridge);
    }
  }

  private static void assertNeverReady(BeaconProcess endpoint) throws Exception {
    endpoint.terminate();
    Outcome outcome = endpoint.awaitEnd();
    assertThat(outcome.out().lines().map(line -> line.split(" ", 2)[0]))
        .containsExactly("start", "config", "drain", "stop");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void findsNobodyWithAnotherBridgeCa() throws Exception {
    CertificateAuthority other = CertificateAuthority.create("other", InstantSource.system());
    Files.writeString(folder.resolve("other.pem"), other.own().certificatePem());
    try (RelayJar relay = RelayJar.ready(folder);
        BeaconProcess bridge = startBridge(relay.address(), "--relay-tls", "off")) {
      bridge.awaitReady();
      try (BeaconProcess refused =
          start("broker", "other.pem", relay.address(), "--listen", "127.0.0.1:0")) {
        Outcome outcome = refused.awaitEnd();
        assertThat(outcome.err())
            .contains(": is not issued by this bridge CA itself")
            .hasLineCount(1);
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
      }
      files.write("broker", other.issueBroker("broker", Duration.ofDays(1)));
      try (BeaconProcess broker =
              start(
                  "broker",
                  "other.pem",
                  relay.address(),
                  "--relay-tls=off",
                  "--listen=127.0.0.1:0",
                  "--wait-timeout=1s");
          Socket caller = connect(broker)) {
        assertThatExceptionOfType(SocketException.class)
            .isThrownBy(() -> caller.getInputStream().read());
        broker.awaitErr("no bridge came within 1 s: is it running, with the same bridge CA?");
      }
    }
  }

  @Test
  void saysThatThePortIsInUse() throws Exception {
    InetSocketAddress taken = (InetSocketAddress) service.getLocalSocketAddress();
    try (BeaconProcess broker = start("broker", "ca.pem", taken, "--listen", hostPort(taken))) {
      Outcome outcome = broker.awaitEnd();
      assertThat(outcome.err())
          .startsWith("beacon: cannot listen at " + hostPort(taken) + ": ")
          .hasLineCount(1);
      assertThat(outcome.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    }
  }
}
