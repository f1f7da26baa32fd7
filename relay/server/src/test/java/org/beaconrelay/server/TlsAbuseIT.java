package org.beaconrelay.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestTlsLink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Outer TLS in the hands of somebody who means harm: it costs him his link, and nobody else
/// anything.
final class TlsAbuseIT {
  private static final int MANY = 300;
  private static SSLContext identity;

  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeAll
  static void makeIdentity() throws Exception {
    identity = TestIdentity.make("relay");
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable link : open) {
      link.close();
    }
  }

  private TestRelay start() throws Exception {
    return TestRelay.start(
        settings -> {
          settings.outerTls = () -> identity;
          settings.handshakeTimeout = Duration.ofMillis(1500);
        });
  }

  /// The first flight of a client, as it stands on the wire.
  private static byte[] clientHello() throws SSLException {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, null, null);
      SSLEngine engine = context.createSSLEngine();
      engine.setUseClientMode(true);
      ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), out);
      byte[] bytes = new byte[out.position()];
      out.flip().get(bytes);
      return bytes;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has TLS 1.3", e);
    }
  }

  /// A pair that moves bytes to and fro for as long as it is not stopped.
  private final class HonestPair {
    private final TestLink bridge;
    private final TestLink broker;
    private final FutureTask<Integer> exchanges = new FutureTask<>(this::exchange);
    private volatile boolean stopped;

    HonestPair(TestRelay relay) throws IOException {
      InfoHash infoHash = InfoHashes.random();
      TestTlsLink outerBridge = announce(relay, Role.BRIDGE, infoHash);
      TestTlsLink outerBroker = announce(relay, Role.BROKER, infoHash);
      open.add(outerBridge);
      open.add(outerBroker);
      this.bridge = switchOver(outerBridge);
      this.broker = switchOver(outerBroker);
      Thread.ofPlatform().daemon().start(exchanges);
    }

    private int exchange() throws IOException {
      byte[] message = "honest".getBytes(US_ASCII);
      int count = 0;
      while (!stopped) {
        broker.send(message);
        assertThat(bridge.receive(message.length)).isEqualTo(message);
        bridge.send(message);
        assertThat(broker.receive(message.length)).isEqualTo(message);
        count++;
      }
      return count;
    }

    void assertUndisturbed() throws Exception {
      stopped = true;
      assertThat(exchanges.get()).isPositive();
    }
  }

  private static TestTlsLink announce(TestRelay relay, Role role, InfoHash infoHash)
      throws IOException {
    return TestTlsLink.announce(
        relay.address(), new Announce(role, true, false, false, infoHash, 0));
  }

  private static TestLink switchOver(TestTlsLink link) throws IOException {
    link.awaitPaired();
    link.awaitCloseNotify();
    link.sendCloseNotify();
    return link.raw();
  }

  private TestLink connect(TestRelay relay) throws Exception {
    TestLink link = relay.connect();
    open.add(link);
    return link;
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "a byte", "half a hello", "a hello", "a hello byte by byte"})
  void endsHandshakesThatAreNeverFinished(String howFar) throws Exception {
    byte[] hello = clientHello();
    try (TestRelay relay = start()) {
      HonestPair honest = new HonestPair(relay);
      for (int i = 0; i < MANY; i++) {
        TestLink link = connect(relay);
        switch (howFar) {
          case "nothing" -> {}
          case "a byte" -> link.send(hello[0]);
          case "half a hello" -> link.send(Arrays.copyOf(hello, hello.length / 2));
          case "a hello" -> link.send(hello);
          default -> {
            for (int at = 0; at < 60; at++) {
              link.send(hello[at]);
            }
          }
        }
      }
      assertThat(relay.awaitCloseReasons(MANY)).containsOnly(CloseReason.HANDSHAKE_TIMEOUT);
      honest.assertUndisturbed();
      closeAll();
    }
  }

  @Test
  void endsAFloodOfKeyUpdates() throws Exception {
    try (TestRelay relay = start()) {
      HonestPair honest = new HonestPair(relay);
      TestTlsLink link = announce(relay, Role.BRIDGE, InfoHashes.random());
      open.add(link);
      FutureTask<Boolean> flood =
          new FutureTask<>(
              () -> {
                for (int i = 0; i < 10_000; i++) {
                  link.tls().startHandshake(); // in TLS 1.3: a key update that asks for one
                }
                return false;
              });
      Thread.ofPlatform().daemon().start(flood);
      assertThat(relay.awaitCloseReasons(1)).containsExactly(CloseReason.TLS_FAILED);
      honest.assertUndisturbed();
      closeAll();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "16 03 03 00 04 00 00 00 00", // HelloRequest: renegotiation as it was before TLS 1.3
        "16 03 03 00 04 01 00 00 00", // another hello, in the clear
        "15 03 03 00 02 02 28", // an alert in the clear
        "17 03 03 00 20 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
            + " 00 00 00 00 00 00 00", // not from who has the key
        "17 03 03 41 01", // longer than a record may be (RFC 8446, section 5.2)
        "17 03 03 00 00", // empty
        "17 03 03 40 00", // more than who waits has to say; kept, it would fill the heap
      })
  void endsWhatIsNoRecordOfAWaitingLink(String record) throws Exception {
    byte[] bytes = HexFormat.of().parseHex(record.replace(" ", "").toLowerCase(Locale.ROOT));
    try (TestRelay relay = start()) {
      HonestPair honest = new HonestPair(relay);
      TestTlsLink link = announce(relay, Role.BRIDGE, InfoHashes.random());
      open.add(link);
      link.receiveFrame();
      link.raw().send(bytes);
      assertThat(relay.awaitCloseReasons(1)).containsExactly(CloseReason.TLS_FAILED);
      honest.assertUndisturbed();
      closeAll();
    }
  }

  /// JSSE gathers what is there of a message that is not whole: few records, so that it is little.
  @Test
  void endsAWaitingLinkThatGoesOnTalking() throws Exception {
    try (TestRelay relay = start();
        TestTlsLink link = announce(relay, Role.BRIDGE, InfoHashes.random())) {
      link.receiveFrame();
      for (int i = 0; i < 5; i++) {
        link.tls().startHandshake(); // a key update
      }
      assertThat(relay.awaitCloseReasons(1)).containsExactly(CloseReason.TLS_FAILED);
    }
  }

  @Test
  void endsAPairOfWhichOneIsResetBeforeTheOtherHasSwitchedOver() throws Exception {
    InfoHash infoHash = InfoHashes.random();
    try (TestRelay relay = start();
        TestTlsLink bridge = announce(relay, Role.BRIDGE, infoHash);
        TestTlsLink broker = announce(relay, Role.BROKER, infoHash)) {
      switchOver(bridge).reset();
      broker.awaitPaired();
      assertThat(relay.awaitCloseReasons(2))
          .containsExactlyInAnyOrder(CloseReason.RESET, CloseReason.COUNTERPART_LOST);
    }
  }

  @Test
  void survivesResetsInTheMiddleOfHandshakes() throws Exception {
    byte[] hello = clientHello();
    try (TestRelay relay = start()) {
      HonestPair honest = new HonestPair(relay);
      for (int i = 0; i < MANY; i++) {
        TestLink link = relay.connect();
        link.send(hello);
        if (i % 2 == 0) {
          link.receive(i % 90); // part of what the relay answers
        }
        link.reset();
      }
      assertThat(relay.awaitCloseReasons(MANY)).doesNotContain(CloseReason.BUG);
      honest.assertUndisturbed();
      closeAll();
    }
  }
}
