package org.beaconrelay.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.SourceAddresses;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestTlsLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A proxy in front of the relay, which says whose its links are.
@Timeout(60)
final class ProxyProtocolIT {
  private static final String SIGNATURE = "0D0A0D0A000D0A515549540A";
  private static final InetSocketAddress SOURCE = new InetSocketAddress("192.0.2.1", 1234);
  private static final InetSocketAddress DESTINATION = new InetSocketAddress("198.51.100.10", 443);

  private final InetAddress proxy = SourceAddresses.next().getAddress();
  private final InfoHash infoHash = InfoHashes.random();

  private static byte[] text(String host, int port) {
    return "PROXY TCP4 %s 198.51.100.10 %d 443\r\n".formatted(host, port).getBytes(US_ASCII);
  }

  static List<byte[]> headers() {
    return List.of(
        text("192.0.2.1", 1234),
        HexFormat.of().parseHex(SIGNATURE + "2111000C" + "C0000201C633640A04D201BB"),
        HexFormat.of()
            .parseHex(SIGNATURE + "2111040C" + "C0000201C633640A04D201BB" + "00".repeat(1024)));
  }

  private TestRelay start() throws Exception {
    return start(_ -> {});
  }

  private TestRelay start(Consumer<TestSettings> change) throws Exception {
    return TestRelay.start(
        settings -> {
          settings.access =
              new AccessSettings(
                  List.of(), List.of(), null, List.of(AddressRange.of(proxy, Integer.SIZE)));
          change.accept(settings);
        });
  }

  private TestLink fromProxy(TestRelay relay, byte[]... parts) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    TestLink link = TestLink.connectFrom(proxy, relay.address());
    link.send(all.toByteArray());
    return link;
  }

  private byte[] announce(Role role) {
    return Announce.of(role, infoHash).toBytes();
  }

  // ---- believed

  /// All in one segment: what is behind header and announce is the counterpart's, to the byte.
  @ParameterizedTest
  @MethodSource("headers")
  void takesTheHeaderAndNotOneByteMore(byte[] header) throws Exception {
    byte[] early = "PROXY early data\r\n".getBytes(US_ASCII);
    try (TestRelay relay = start()) {
      try (TestLink bridge = fromProxy(relay, header, announce(Role.BRIDGE), early);
          TestLink broker = relay.announce(Role.BROKER, infoHash)) {
        bridge.awaitPaired();
        broker.awaitPaired();
        assertThat(broker.receive(early.length)).isEqualTo(early);
        broker.send((byte) 7);
        assertThat(bridge.receive(1)).containsExactly(7);
      }
      LinkRecord bridge = recordOf(relay, Role.BRIDGE);
      assertThat(bridge.source()).isEqualTo(SOURCE);
      assertThat(bridge.destination()).isEqualTo(DESTINATION);
      assertThat(recordOf(relay, Role.BROKER).source().getAddress().isLoopbackAddress()).isTrue();
    }
  }

  private static LinkRecord recordOf(TestRelay relay, Role role) {
    return relay.awaitRecords(2).stream()
        .filter(link -> link.role() == role)
        .findAny()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("headers")
  void takesAHeaderByteAfterByte(byte[] header) throws Exception {
    try (TestRelay relay = start();
        TestLink link = fromProxy(relay)) {
      for (byte each : header) {
        link.send(each);
      }
      for (byte each : announce(Role.BRIDGE)) {
        link.send(each);
      }
      link.awaitWaiting();
      link.close();
      assertThat(relay.awaitRecords(1).getFirst().source()).isEqualTo(SOURCE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROXY UNKNOWN\r\n", "\r\n\r\n\0\r\nQUIT\n \0\0\0"})
  void leavesTheAddressOfTheConnectionWhereTheProxyKnowsNone(String header) throws Exception {
    try (TestRelay relay = start();
        TestLink link = fromProxy(relay, header.getBytes(US_ASCII), announce(Role.BRIDGE))) {
      link.awaitWaiting();
      InetSocketAddress source = link.source();
      link.close();
      assertThat(relay.awaitRecords(1).getFirst().source()).isEqualTo(source);
    }
  }

  @Test
  void takesTheHeaderBeforeOuterTls() throws Exception {
    SSLContext identity = TestIdentity.make("relay");
    try (TestRelay relay = start(settings -> settings.outerTls = () -> identity)) {
      TestLink raw = fromProxy(relay, text("192.0.2.1", 1234));
      try (TestTlsLink link = TestTlsLink.over(raw, relay.address(), "brp/1")) {
        link.send(announce(Role.BRIDGE));
        assertThat(link.receiveFrame()).isEqualTo(new Frame.Waiting());
      }
      assertThat(relay.awaitRecords(1).getFirst().source()).isEqualTo(SOURCE);
    }
  }

  @Test
  void countsLinksByTheAddressThatTheProxySays() throws Exception {
    try (TestRelay relay = start(settings -> settings.maxLinksPerAddress = 1);
        TestLink one = fromProxy(relay, text("192.0.2.1", 1), announce(Role.BRIDGE));
        TestLink other = fromProxy(relay, text("192.0.2.2", 1), announce(Role.BRIDGE))) {
      one.awaitWaiting();
      other.awaitWaiting();
      try (TestLink again = fromProxy(relay, text("192.0.2.1", 2), announce(Role.BRIDGE))) {
        assertThat(again.awaitRejected()).isEqualTo(RejectReason.ADDRESS_LIMIT);
      }
    }
  }

  @Test
  void turnsAwayWhoMayNotComeByTheAddressThatTheProxySays() throws Exception {
    AddressRange denied = AddressRange.of(InetAddress.ofLiteral("192.0.2.0"), 24);
    List<AddressRange> proxies = List.of(AddressRange.of(proxy, Integer.SIZE));
    try (TestRelay relay =
            start(
                settings ->
                    settings.access =
                        new AccessSettings(List.of(), List.of(denied), null, proxies));
        TestLink link = fromProxy(relay, text("192.0.2.77", 1), announce(Role.BRIDGE))) {
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.NOT_ALLOWED);
    }
  }

  // ---- not believed

  @Test
  void believesNobodyElse() throws Exception {
    try (TestRelay relay = start();
        TestLink link = relay.connect()) {
      link.send(text("192.0.2.1", 1234));
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.MALFORMED);
    }
  }

  @Test
  void resetsALinkOfAProxyThatBeginsWithoutAHeader() throws Exception {
    try (TestRelay relay = start();
        TestLink link = fromProxy(relay, announce(Role.BRIDGE))) {
      assertThat(link.isReset()).isTrue();
      assertThat(relay.awaitCloseReasons(1)).containsExactly(CloseReason.BAD_PROXY_HEADER);
      assertThat(relay.relay().count(Counter.REFUSED_PROXY_PROTOCOL_FROM)).isOne();
    }
  }

  @Test
  void takesNoHeaderThatIsHuge() throws Exception {
    try (TestRelay relay = start();
        TestLink binary = fromProxy(relay, HexFormat.of().parseHex(SIGNATURE + "2111FFFF"));
        TestLink text = fromProxy(relay, ("PROXY UNKNOWN " + "x".repeat(200)).getBytes(US_ASCII))) {
      assertThat(binary.isReset()).isTrue();
      assertThat(text.isReset()).isTrue();
      assertThat(relay.awaitCloseReasons(2)).containsOnly(CloseReason.BAD_PROXY_HEADER);
    }
  }

  @Test
  void countsAHeaderThatEndsTooEarly() throws Exception {
    try (TestRelay relay = start();
        TestLink link = fromProxy(relay, "PROXY TCP4".getBytes(US_ASCII))) {
      link.halfClose();
      assertThat(relay.awaitCloseReasons(1)).containsExactly(CloseReason.BAD_PROXY_HEADER);
    }
  }

  @Test
  void takesNoOffenceAtAProxyThatOnlyLooksWhetherItIsThere() throws Exception {
    try (TestRelay relay = start()) {
      fromProxy(relay).close();
      assertThat(relay.awaitCloseReasons(1)).containsExactly(CloseReason.UNANNOUNCED);
      assertThat(relay.relay().count(Counter.REFUSED_PROXY_PROTOCOL_FROM)).isZero();
    }
  }

  @Test
  void waitsForNoHeaderForEver() throws Exception {
    try (TestRelay relay = start(settings -> settings.handshakeTimeout = Duration.ofMillis(300));
        TestLink link = fromProxy(relay, "PROXY TCP4".getBytes(US_ASCII))) {
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.HANDSHAKE_TIMEOUT);
    }
  }

  @Test
  void countsAsPendingWhoseHeaderIsNotThere() throws Exception {
    try (TestRelay relay = start(settings -> settings.maxPending = 1);
        TestLink slow = fromProxy(relay, "PROXY TCP4".getBytes(US_ASCII));
        TestLink tooMany = fromProxy(relay)) {
      assertThat(tooMany.awaitRejected()).isEqualTo(RejectReason.RELAY_FULL);
      slow.send(" 192.0.2.1 198.51.100.10 1234 443\r\n".getBytes(US_ASCII));
      slow.send(announce(Role.BRIDGE));
      slow.awaitWaiting();
    }
  }
}
