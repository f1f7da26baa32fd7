package org.beaconrelay.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.testing.Patience;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where there should be a relay there is something else.
@ExtendWith(LeakCheck.class)
final class WrongRelayIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final RelayTrust PLAIN = new RelayTrust.Plain();

  /// A broker that tries each relay once or twice.
  static Broker.Settings impatient(Broker.Settings settings) {
    return new Broker.Settings(
        settings.relays(),
        settings.trust(),
        settings.identity(),
        settings.listen(),
        Duration.ofMillis(1),
        settings.maxConnections());
  }

  private static Rig rigAt(StandIn relay, RelayTrust trust) throws IOException {
    List<HostPort> relays = List.of(relay.address());
    HostPort nowhere = new HostPort("127.0.0.1", 1);
    return Rig.of(Rig.bridge(relays, trust, nowhere, 1), impatient(Rig.broker(relays, trust)));
  }

  private static void assertIsReset(Socket caller) {
    assertThatThrownBy(() -> caller.getInputStream().read()).isInstanceOf(SocketException.class);
  }

  /// Bridge and broker say what is wrong, and the bridge tries again.
  private static void assertSay(StandIn.Behaviour behaviour, RelayTrust trust, String why)
      throws Exception {
    try (StandIn wrong = StandIn.start(behaviour);
        Rig rig = rigAt(wrong, trust);
        Socket caller = rig.call()) {
      assertIsReset(caller);
      assertThat(rig.brokerSaid.awaitProblem("a connection was refused: ")).contains(why);
      assertThat(rig.bridgeSaid.awaitProblem("relay %s: ".formatted(wrong.address())))
          .contains(why);
      int before = wrong.accepted();
      Patience.until(PATIENCE, "another try", () -> wrong.accepted() > before);
      assertThat(rig.bridgeSaid.isReady()).isFalse();
      assertThat(rig.bridgeSaid.problems()).as("the same is told once").hasSize(1);
    }
  }

  private static StandIn.Behaviour answering(byte[] answer) {
    return socket -> {
      socket.getInputStream().readNBytes(1);
      socket.getOutputStream().write(answer);
      StandIn.readAll(socket);
    };
  }

  private static StandIn.Behaviour answering(Frame... frames) {
    return socket -> {
      socket.getInputStream().readNBytes(Announce.LENGTH);
      for (Frame frame : frames) {
        socket.getOutputStream().write(frame.toBytes());
      }
      StandIn.readAll(socket);
    };
  }

  private static void flood(Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    byte[] piece = new byte[1 << 16];
    while (true) {
      out.write(piece);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n",
        "SSH-2.0-OpenSSH_9.6\r\n",
        "BCN2\2\0\0\0\0\0\0\0\0\0\0\0",
        "BCN1\11\0\0\0\0\0\0\0\0\0\0\0",
        "BCN1\4\143\0\0\0\0\0\0\0\0\0\0"
      })
  void saysThatWhatAnswersIsNoRelay(String answer) throws Exception {
    assertSay(answering(answer.getBytes(US_ASCII)), PLAIN, "what answers is not a relay: ");
  }

  @Test
  void saysThatAFloodIsNoRelay() throws Exception {
    assertSay(WrongRelayIT::flood, PLAIN, "what answers is not a relay: ");
    assertSay(WrongRelayIT::flood, TestRelay.pinned(), "TLS failed: ");
  }

  @Test
  void saysThatTheLinkWasClosed() throws Exception {
    assertSay(
        socket -> socket.getInputStream().readNBytes(Announce.LENGTH),
        PLAIN,
        "the relay closed the link");
    assertSay(
        socket -> {
          socket.getInputStream().readNBytes(Announce.LENGTH);
          socket.getOutputStream().write("BCN1\2\0\0".getBytes(US_ASCII));
        },
        PLAIN,
        "the relay closed the link");
  }

  @Test
  void saysThatThereIsNoTls() throws Exception {
    assertSay(
        answering("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII)),
        TestRelay.pinned(),
        "TLS failed: ");
    assertSay(socket -> socket.getInputStream().read(), TestRelay.pinned(), "TLS failed: ");
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    StandIn gone = StandIn.start(StandIn::echo);
    gone.close();
    try (Rig rig = rigAt(gone, PLAIN);
        Socket caller = rig.call()) {
      assertIsReset(caller);
      String why = "relay %s: nobody listens there (connection refused)".formatted(gone.address());
      rig.brokerSaid.awaitProblem("a connection was refused: " + why);
      rig.bridgeSaid.awaitProblem(why);
    }
  }

  @Test
  void saysThatThereIsNoSuchHost() throws Exception {
    List<HostPort> relays = List.of(new HostPort("no-such-host.invalid", 443));
    HostPort nowhere = new HostPort("127.0.0.1", 1);
    try (Rig rig =
            Rig.of(Rig.bridge(relays, PLAIN, nowhere, 1), impatient(Rig.broker(relays, PLAIN)));
        Socket caller = rig.call()) {
      assertIsReset(caller);
      rig.brokerSaid.awaitProblem("there is no host of this name");
      rig.bridgeSaid.awaitProblem("relay no-such-host.invalid:443: there is no host of this name");
    }
  }

  /// A byte whenever the other end has taken the last one, in a frame that never ends.
  private static void drip(Socket socket) throws IOException {
    Thread reader = Thread.ofVirtual().start(() -> StandIn.readAll(socket));
    int[] bytes = {0};
    byte[] record = {22, 3, 3, 0x40, 0};
    Patience.until(
        PATIENCE,
        "the endpoint gives up",
        () -> {
          try {
            socket.getOutputStream().write(bytes[0] < record.length ? record[bytes[0]] : 0);
            bytes[0] = Math.min(bytes[0] + 1, record.length);
            return !reader.isAlive();
          } catch (IOException e) {
            return true;
          }
        });
  }

  /// All at once, because each takes the ten seconds that an endpoint waits.
  @Test
  void givesUpARelayThatIsSilentOrNeverReady() throws Exception {
    try (StandIn silent = StandIn.start(StandIn::readAll);
        StandIn dripping = StandIn.start(WrongRelayIT::drip);
        Rig plain = rigAt(silent, PLAIN);
        Rig tls = rigAt(silent, TestRelay.pinned());
        Rig dripped = rigAt(dripping, TestRelay.pinned());
        Socket plainCaller = plain.call();
        Socket tlsCaller = tls.call();
        Socket drippedCaller = dripped.call()) {
      for (Rig rig : List.of(plain, tls, dripped)) {
        rig.bridgeSaid.awaitProblem("no answer in time");
        rig.brokerSaid.awaitProblem("no answer in time");
      }
      assertIsReset(plainCaller);
      assertIsReset(tlsCaller);
      assertIsReset(drippedCaller);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WAIT_TIMEOUT")
  void saysThatTheAnnounceWasRejected(RejectReason reason) throws Exception {
    try (StandIn rejecting = StandIn.start(answering(new Frame.Rejected(reason)));
        Rig rig = rigAt(rejecting, PLAIN);
        Socket caller = rig.call()) {
      assertIsReset(caller);
      String why = "the relay rejected the announce: " + reason;
      rig.brokerSaid.awaitProblem("a connection was refused: " + why);
      rig.bridgeSaid.awaitProblem("relay %s: %s".formatted(rejecting.address(), why));
    }
  }

  @Test
  void saysThatNoBridgeCame() throws Exception {
    try (StandIn rejecting =
            StandIn.start(answering(new Frame.Rejected(RejectReason.WAIT_TIMEOUT)));
        Rig rig = rigAt(rejecting, PLAIN);
        Socket caller = rig.call()) {
      assertIsReset(caller);
      rig.brokerSaid.awaitProblem("a connection was refused: no bridge came within ");
      Patience.until(PATIENCE, "another try", () -> rejecting.accepted() > 2);
      assertThat(rig.bridgeSaid.problems()).isEmpty();
    }
  }

  @Test
  void takesWaitingOnlyOnce() throws Exception {
    try (StandIn repeating =
            StandIn.start(
                answering(new Frame.Waiting(), new Frame.Waiting(), new Frame.Waiting()));
        Rig rig = rigAt(repeating, PLAIN)) {
      rig.bridgeSaid.awaitProblem("the relay says twice that there is no counterpart yet");
    }
  }

  private static void pairWithAMailServer(Socket socket) throws IOException {
    socket.getInputStream().readNBytes(Announce.LENGTH);
    socket.getOutputStream().write(new Frame.Paired(1).toBytes());
    socket.getOutputStream().write("220 mail.example ESMTP\r\n".getBytes(US_ASCII));
    StandIn.readAll(socket);
  }

  @Test
  void saysThatWhatIsPairedIsNoCounterpart() throws Exception {
    try (StandIn pairing = StandIn.start(WrongRelayIT::pairWithAMailServer);
        Rig rig = rigAt(pairing, PLAIN);
        Socket caller = rig.call()) {
      assertIsReset(caller);
      rig.brokerSaid.awaitProblem("a connection was refused: TLS failed: ");
      rig.bridgeSaid.awaitProblem("a broker was turned away: TLS failed: ");
    }
  }

  /// Of eight further links two may be dialled before the first is judged; the pauses of the others
  /// are 50, 100, 200, 400, 500 and 500 ms at least.
  @Test
  void theBridgePausesWhereNobodyWhoIsPairedIsABroker() throws Exception {
    try (StandIn pairing = StandIn.start(WrongRelayIT::pairWithAMailServer);
        Rig rig = rigAt(pairing, PLAIN)) {
      rig.bridgeSaid.awaitProblem("a broker was turned away: ");
      int before = pairing.accepted();
      long startNs = System.nanoTime();
      Patience.until(PATIENCE, "eight more", () -> pairing.accepted() >= before + 8);
      assertThat(Duration.ofNanos(System.nanoTime() - startNs))
          .isGreaterThan(Duration.ofSeconds(1));
    }
  }
}
