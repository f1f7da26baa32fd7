package org.beaconrelay.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.Seeded;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestTlsLink;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Links inside outer TLS, and how it is taken off (PROTOCOL.md, section 6).
@ExtendWith(Seeded.class)
final class OuterTlsIT {
  private static SSLContext identity;

  private final InfoHash infoHash = InfoHashes.random();

  @BeforeAll
  static void makeIdentity() throws Exception {
    identity = TestIdentity.make("relay");
  }

  private static TestRelay start() throws Exception {
    return start(_ -> {});
  }

  private static TestRelay start(Consumer<TestSettings> change) throws Exception {
    return TestRelay.start(
        settings -> {
          settings.outerTls = () -> identity;
          change.accept(settings);
        });
  }

  private TestTlsLink announce(TestRelay relay, Role role, boolean exact) throws Exception {
    return TestTlsLink.announce(
        relay.address(), new Announce(role, exact, false, false, infoHash, 0));
  }

  private TestTlsLink waiting(TestRelay relay, Role role, boolean exact) throws Exception {
    TestTlsLink link = announce(relay, role, exact);
    assertThat(link.receiveFrame()).isEqualTo(new Frame.Waiting());
    return link;
  }

  /// Takes the outer TLS off as any TLS library does.
  private static TestLink switchOver(TestTlsLink link) throws Exception {
    link.awaitPaired();
    link.awaitCloseNotify();
    link.sendCloseNotify();
    return link.raw();
  }

  private static void exchange(TestLink bridge, TestLink broker) throws Exception {
    broker.send("question".getBytes(US_ASCII));
    assertThat(bridge.receive(8)).isEqualTo("question".getBytes(US_ASCII));
    bridge.send("answer".getBytes(US_ASCII));
    assertThat(broker.receive(6)).isEqualTo("answer".getBytes(US_ASCII));
  }

  // ---- as it should be

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void pairsEndpointsOfEitherKind(boolean exactBridge, boolean exactBroker) throws Exception {
    try (TestRelay relay = start();
        TestTlsLink bridge = waiting(relay, Role.BRIDGE, exactBridge);
        TestTlsLink broker = announce(relay, Role.BROKER, exactBroker)) {
      exchange(switchOver(bridge), switchOver(broker));
      bridge.close();
      broker.close();
      assertThat(relay.awaitRecords(2))
          .extracting(LinkRecord::role, LinkRecord::bytesFrom, LinkRecord::bytesTo)
          .containsExactlyInAnyOrder(tuple(Role.BRIDGE, 6L, 8L), tuple(Role.BROKER, 8L, 6L));
    }
  }

  @Test
  void namesItsProtocolToWhoAsks() throws Exception {
    try (TestRelay relay = start();
        TestTlsLink asks = TestTlsLink.connect(relay.address(), "h2", "brp/1");
        TestTlsLink doesNot = TestTlsLink.connect(relay.address())) {
      assertThat(asks.tls().getApplicationProtocol()).isEqualTo("brp/1");
      assertThat(doesNot.tls().getApplicationProtocol()).isEmpty();
      assertThat(asks.tls().getSession().getProtocol()).isEqualTo("TLSv1.3");
    }
  }

  @Test
  void sendsNoRawByteToAPlainEndpointBeforeItsCloseNotify() throws Exception {
    try (TestRelay relay = start();
        TestTlsLink bridge = waiting(relay, Role.BRIDGE, false);
        TestTlsLink broker = announce(relay, Role.BROKER, true)) {
      TestLink rawBroker = switchOver(broker);
      rawBroker.send("early".getBytes(US_ASCII));
      bridge.awaitPaired();
      bridge.awaitCloseNotify();
      bridge.raw().channel().configureBlocking(false);
      assertThat(bridge.raw().channel().read(ByteBuffer.allocate(1))).isZero();
      bridge.raw().channel().configureBlocking(true);
      bridge.sendCloseNotify();
      assertThat(bridge.raw().receive(5)).isEqualTo("early".getBytes(US_ASCII));
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesRawEarlyDataBehindTheCloseNotifyOfAnExactEndpoint(Role exactRole) throws Exception {
    Role otherRole = exactRole == Role.BRIDGE ? Role.BROKER : Role.BRIDGE;
    try (TestRelay relay = start();
        TestTlsLink exact = announce(relay, exactRole, true)) {
      exact.sendCloseNotify();
      exact.raw().send("right behind".getBytes(US_ASCII));
      assertThat(exact.receiveFrame()).isEqualTo(new Frame.Waiting());
      try (TestTlsLink other = announce(relay, otherRole, false)) {
        TestLink raw = switchOver(other);
        assertThat(raw.receive(12)).isEqualTo("right behind".getBytes(US_ASCII));
        raw.send("back".getBytes(US_ASCII));
        exact.awaitPaired();
        exact.awaitCloseNotify();
        assertThat(exact.raw().receive(4)).isEqualTo("back".getBytes(US_ASCII));
      }
    }
  }

  @Test
  void carriesMebibytesByteForByte(Random random) throws Exception {
    byte[] sent = new byte[3_000_001];
    random.nextBytes(sent);
    try (TestRelay relay = start();
        TestTlsLink bridge = waiting(relay, Role.BRIDGE, true);
        TestTlsLink broker = announce(relay, Role.BROKER, false)) {
      TestLink rawBridge = switchOver(bridge);
      TestLink rawBroker = switchOver(broker);
      FutureTask<Boolean> sender =
          new FutureTask<>(
              () -> {
                rawBridge.send(sent);
                rawBridge.halfClose();
                return true;
              });
      Thread.ofVirtual().start(sender);
      assertThat(rawBroker.receive(sent.length)).isEqualTo(sent);
      assertThat(rawBroker.isAtEnd()).isTrue();
      assertThat(sender.get()).isTrue();
    }
  }

  @Test
  void showsARenewedCertificateToTheNextLink() throws Exception {
    AtomicReference<SSLContext> current = new AtomicReference<>(identity);
    try (TestRelay relay = start(settings -> settings.outerTls = current::get);
        TestTlsLink before = TestTlsLink.connect(relay.address())) {
      current.set(TestIdentity.make("renewed"));
      try (TestTlsLink after = TestTlsLink.connect(relay.address())) {
        assertThat(nameOf(before)).isEqualTo("CN=relay");
        assertThat(nameOf(after)).isEqualTo("CN=renewed");
      }
    }
  }

  private static String nameOf(TestTlsLink link) throws Exception {
    X509Certificate certificate =
        (X509Certificate) link.tls().getSession().getPeerCertificates()[0];
    return certificate.getSubjectX500Principal().getName();
  }

  // ---- close_notify at the wrong moment

  @Test
  void closeNotifyOfAWaitingPlainEndpointWithdraws() throws Exception {
    try (TestRelay relay = start();
        TestTlsLink bridge = waiting(relay, Role.BRIDGE, false)) {
      bridge.sendCloseNotify();
      assertThat(relay.awaitCloseReasons(1)).containsExactly(CloseReason.WITHDRAWN);
      try (TestTlsLink broker = announce(relay, Role.BROKER, false)) {
        assertThat(broker.receiveFrame()).isEqualTo(new Frame.Waiting());
      }
    }
  }

  @Test
  void closeNotifyInsteadOfAnAnnounceIsTheEnd() throws Exception {
    try (TestRelay relay = start();
        TestTlsLink link = TestTlsLink.connect(relay.address(), "brp/1")) {
      link.sendCloseNotify();
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.MALFORMED);
      assertThat(relay.awaitCloseReasons(1)).containsExactly(CloseReason.UNANNOUNCED);
    }
  }

  @Test
  void closeNotifyInTheMiddleOfAnAnnounceIsMalformed() throws Exception {
    try (TestRelay relay = start();
        TestTlsLink link = TestTlsLink.connect(relay.address(), "brp/1")) {
      link.send("BCN1".getBytes(US_ASCII));
      link.sendCloseNotify();
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.MALFORMED);
      assertThat(relay.awaitCloseReasons(1)).containsExactly(CloseReason.MALFORMED);
    }
  }

  @Test
  void finWithoutCloseNotifyWithdraws() throws Exception {
    try (TestRelay relay = start();
        TestTlsLink bridge = waiting(relay, Role.BRIDGE, true)) {
      bridge.raw().halfClose();
      assertThat(relay.awaitCloseReasons(1)).containsExactly(CloseReason.WITHDRAWN);
    }
  }

  @Test
  void whoeverKeepsItsTlsOnIsResetAndItsCounterpartToo() throws Exception {
    try (TestRelay relay = start(settings -> settings.handshakeTimeout = Duration.ofMillis(300));
        TestTlsLink bridge = waiting(relay, Role.BRIDGE, true);
        TestTlsLink broker = announce(relay, Role.BROKER, false)) {
      TestLink rawBridge = switchOver(bridge);
      broker.awaitPaired();
      assertThat(rawBridge.isReset()).isTrue();
      assertThat(broker.raw().isReset()).isFalse(); // the close_notify is there first
      assertThat(relay.awaitCloseReasons(2))
          .containsExactlyInAnyOrder(CloseReason.SWITCH_FAILED, CloseReason.COUNTERPART_LOST);
    }
  }

  @Test
  void dataInsideTlsBehindPairedIsTheEndOfThePair() throws Exception {
    try (TestRelay relay = start();
        TestTlsLink bridge = waiting(relay, Role.BRIDGE, false);
        TestTlsLink broker = announce(relay, Role.BROKER, false)) {
      bridge.awaitPaired();
      bridge.send("inside".getBytes(US_ASCII));
      assertThat(relay.awaitCloseReasons(2))
          .containsExactlyInAnyOrder(CloseReason.SWITCH_FAILED, CloseReason.COUNTERPART_LOST);
      assertThat(broker.receiveFrame()).isInstanceOf(Frame.Paired.class);
    }
  }

  @Test
  void dataInsideTlsBehindTheAnnounceIsMalformed() throws Exception {
    try (TestRelay relay = start();
        TestTlsLink together = TestTlsLink.connect(relay.address(), "brp/1");
        TestTlsLink later = waiting(relay, Role.BRIDGE, false)) {
      ByteArrayOutputStream record = new ByteArrayOutputStream();
      record.writeBytes(Announce.of(Role.BROKER, InfoHashes.random()).toBytes());
      record.write(1);
      together.send(record.toByteArray());
      assertThat(together.awaitRejected()).isEqualTo(RejectReason.MALFORMED);
      later.send("inside".getBytes(US_ASCII));
      assertThat(later.awaitRejected()).isEqualTo(RejectReason.MALFORMED);
    }
  }

  // ---- frames inside TLS

  @Test
  void tellsRefusalsInsideTls() throws Exception {
    try (TestRelay relay = start(settings -> settings.maxLinks = 2);
        TestTlsLink _ = TestTlsLink.connect(relay.address());
        TestTlsLink _ = TestTlsLink.connect(relay.address());
        TestTlsLink third = announce(relay, Role.BRIDGE, false)) {
      assertThat(third.awaitRejected()).isEqualTo(RejectReason.RELAY_FULL);
    }
  }

  @Test
  void refusesTunnelsUnlessItIsToldToAllowThem() throws Exception {
    try (TestRelay relay = start();
        TestTlsLink link =
            TestTlsLink.announce(
                relay.address(), new Announce(Role.BRIDGE, false, true, false, infoHash, 0))) {
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.TUNNEL_UNSUPPORTED);
    }
  }

  @Test
  void tellsWaitingLinksThatItDrains() throws Exception {
    try (TestRelay relay = start(settings -> settings.drainTimeout = Duration.ofMillis(100));
        TestTlsLink bridge = waiting(relay, Role.BRIDGE, true)) {
      relay.relay().drain();
      assertThat(bridge.awaitRejected()).isEqualTo(RejectReason.DRAINING);
      try (TestTlsLink late = announce(relay, Role.BROKER, true)) {
        assertThat(late.awaitRejected()).isEqualTo(RejectReason.DRAINING);
      }
    }
  }

  @Test
  void silenceInsideTlsIsToldAsAFrame() throws Exception {
    try (TestRelay relay = start(settings -> settings.handshakeTimeout = Duration.ofSeconds(3));
        TestTlsLink silent = TestTlsLink.connect(relay.address(), "brp/1")) {
      assertThat(silent.awaitRejected()).isEqualTo(RejectReason.HANDSHAKE_TIMEOUT);
    }
  }

  // ---- abuse

  @Test
  void endsAHandshakeThatIsNeverFinished() throws Exception {
    try (TestRelay relay = start(settings -> settings.handshakeTimeout = Duration.ofMillis(300));
        TestLink silent = relay.connect();
        TestLink begun = relay.connect()) {
      begun.send(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xFC, 3, 3});
      assertThat(silent.isAtEnd()).isTrue();
      assertThat(begun.isAtEnd()).isTrue();
      assertThat(relay.awaitCloseReasons(2))
          .containsExactly(CloseReason.HANDSHAKE_TIMEOUT, CloseReason.HANDSHAKE_TIMEOUT);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n", // no TLS at all
        "BCN1\1\1\0\0", // a plain announce
        "\26\3\1\377\377", // a record of 64 KiB
        "\27\3\3\0\1x", // application data before there is a key
        "\30\3\3\0\1x", // no type of record
        "\26\2\0\0\4\1\0\0\0" // SSL 2
      })
  void endsWhatIsNoTls(String bytes) throws Exception {
    try (TestRelay relay = start();
        TestLink link = relay.connect()) {
      link.send(bytes.getBytes(ISO_8859_1));
      link.halfClose();
      assertThat(relay.awaitCloseReasons(1)).containsExactly(CloseReason.TLS_FAILED);
    }
  }

  @Test
  void endsAFloodOfRecords() throws Exception {
    byte[] changeCipherSpec = {20, 3, 3, 0, 1, 1};
    try (TestRelay relay = start();
        TestLink link = relay.connect()) {
      ByteBuffer flood = ByteBuffer.allocate(2_000 * changeCipherSpec.length);
      while (flood.hasRemaining()) {
        flood.put(changeCipherSpec);
      }
      link.send(flood.array());
      assertThat(relay.awaitCloseReasons(1)).containsExactly(CloseReason.TLS_FAILED);
    }
  }

  @Test
  void refusesOtherProtocols() throws Exception {
    try (TestRelay relay = start();
        TestTlsLink link = TestTlsLink.withoutHandshake(relay.address(), "h2")) {
      assertThatThrownBy(link.tls()::startHandshake)
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("no_application_protocol");
      assertThat(relay.awaitCloseReasons(1)).containsExactly(CloseReason.TLS_FAILED);
    }
  }

  @Test
  void servesOthersWhileHandshakesFail() throws Exception {
    try (TestRelay relay = start()) {
      List<TestLink> bad = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        TestLink link = relay.connect();
        link.send((byte) 'X');
        bad.add(link);
      }
      try (TestTlsLink bridge = waiting(relay, Role.BRIDGE, true);
          TestTlsLink broker = announce(relay, Role.BROKER, true)) {
        exchange(switchOver(bridge), switchOver(broker));
      }
      for (TestLink link : bad) {
        link.close();
      }
    }
  }
}
