package org.beaconrelay.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestPair;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is no announce gets the frame that PROTOCOL.md names, as soon as it can be told, and a pair
/// beside it notices nothing.
final class MalformedAnnounceIT {
  private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(2);

  private final byte[] announce = Announce.of(Role.BROKER, InfoHashes.random()).toBytes();
  private final TestRelay relay =
      TestRelay.start(settings -> settings.handshakeTimeout = HANDSHAKE_TIMEOUT);
  private final TestPair honest = relay.pair();

  MalformedAnnounceIT() throws Exception {}

  @AfterEach
  void stop() throws Exception {
    try (relay;
        honest) {
      honest.exchange();
    }
  }

  @Test
  void refusesEveryFlippedBit() throws Exception {
    for (int bit = 0; bit < Announce.LENGTH * Byte.SIZE; bit++) {
      byte[] flipped = announce.clone();
      int offset = bit / Byte.SIZE;
      flipped[offset] ^= (byte) (1 << (bit % Byte.SIZE));
      try (TestLink link = relay.connect()) {
        link.send(flipped);
        RejectReason expected = reasonFor(offset, flipped[offset]);
        if (expected == null) {
          link.awaitWaiting();
        } else {
          assertThat(link.awaitRejected()).as("bit %d", bit).isEqualTo(expected);
        }
      }
      honest.exchange();
    }
  }

  /// What the table in section 3 of PROTOCOL.md comes to for one wrong byte; null where it is
  /// right.
  private static @Nullable RejectReason reasonFor(int offset, byte value) {
    return switch (offset) {
      case 0, 1, 2, 4 -> RejectReason.MALFORMED;
      case 3 ->
          value >= '0' && value <= '9' ? RejectReason.UNSUPPORTED_VERSION : RejectReason.MALFORMED;
      case 5 -> value == 1 ? null : RejectReason.BAD_ROLE;
      case 6 -> RejectReason.BAD_FLAGS;
      case 7 -> value == 1 || value == 4 ? null : RejectReason.BAD_FLAGS; // EXACT, PROOF
      case 44, 45, 46, 47 -> RejectReason.MALFORMED;
      default -> null; // info_hash and wait_ms may be anything
    };
  }

  @Test
  void refusesAnAnnounceThatEndsTooEarly() throws Exception {
    for (int length = 0; length < Announce.LENGTH; length++) {
      try (TestLink link = relay.connect()) {
        link.send(Arrays.copyOf(announce, length));
        link.halfClose();
        assertThat(link.awaitRejected()).as("%d bytes", length).isEqualTo(RejectReason.MALFORMED);
      }
    }
    relay.awaitRecords(Announce.LENGTH);
    assertThat(relay.relay().closedCount(CloseReason.UNANNOUNCED)).isEqualTo(1);
    assertThat(relay.relay().closedCount(CloseReason.MALFORMED)).isEqualTo(Announce.LENGTH - 1);
  }

  @Test
  void timesOutAnAnnounceThatStopsAnywhere() throws Exception {
    List<TestLink> links = new ArrayList<>();
    try {
      for (int length = 0; length < Announce.LENGTH; length++) {
        TestLink link = relay.connect();
        links.add(link);
        link.send(Arrays.copyOf(announce, length));
      }
      for (TestLink link : links) {
        assertThat(link.awaitRejected()).isEqualTo(RejectReason.HANDSHAKE_TIMEOUT);
      }
    } finally {
      for (TestLink link : links) {
        link.close();
      }
    }
  }

  @Test
  void timesOutAByteASecond() throws Exception {
    try (TestLink link = relay.connect()) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  for (byte part : announce) {
                    link.send(part);
                    TimeUnit.SECONDS.sleep(1);
                  }
                } catch (Exception e) {
                  return; // the relay has closed the link: that is what it is all about
                }
              });
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.HANDSHAKE_TIMEOUT);
    }
  }

  /// Answered at the first byte that is wrong: the rest never comes.
  @ParameterizedTest
  @ValueSource(strings = {"G", "B C", "BCN", "BCN2", "BCNx", "\u0016"})
  void answersWithoutWaitingForTheRest(String begin) throws Exception {
    try (TestLink link = relay.connect()) {
      link.send(begin.getBytes(US_ASCII));
      RejectReason expected =
          switch (begin) {
            case "BCN" -> RejectReason.HANDSHAKE_TIMEOUT; // so far so good
            case "BCN2" -> RejectReason.UNSUPPORTED_VERSION;
            default -> RejectReason.MALFORMED;
          };
      assertThat(link.awaitRejected()).isEqualTo(expected);
    }
  }

  @Test
  void refusesABrowser() throws Exception {
    refusesAsMalformed(
        "GET / HTTP/1.1\r\nHost: relay.example\r\nCookie: %s\r\n\r\n"
            .formatted("x".repeat(4000))
            .getBytes(US_ASCII));
  }

  @Test
  void refusesATlsClient() throws Exception {
    refusesAsMalformed(HexFormat.of().parseHex("1603010200010001fc0303" + "5a".repeat(505)));
  }

  /// As much as a megabyte behind it changes nothing: the frame arrives all the same.
  @Test
  void refusesAFlood() throws Exception {
    refusesAsMalformed("x".repeat(1_000_000).getBytes(US_ASCII));
  }

  private void refusesAsMalformed(byte[] bytes) throws Exception {
    try (TestLink link = relay.connect()) {
      link.send(bytes);
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.MALFORMED);
    }
  }

  @Test
  void isNotDisturbedByLinksThatComeAndGo() throws Exception {
    for (int i = 0; i < 100; i++) {
      relay.connect().close();
      TestLink reset = relay.connect();
      reset.send((byte) 'B');
      reset.reset();
      honest.exchange();
    }
    InfoHash infoHash = InfoHashes.random();
    try (TestLink bridge = relay.waiting(Role.BRIDGE, infoHash);
        TestLink broker = relay.announce(Role.BROKER, infoHash)) {
      assertThat(bridge.awaitPaired()).isEqualTo(broker.awaitPaired());
    }
  }
}
