package org.beaconrelay.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.Patience;
import org.beaconrelay.testing.Seeded;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who is paired with whom (PROTOCOL.md, section 5).
@ExtendWith(Seeded.class)
final class PairingIT {
  private final InfoHash infoHash = InfoHashes.random();

  private static Role counterpartOf(Role role) {
    return role == Role.BRIDGE ? Role.BROKER : Role.BRIDGE;
  }

  @ParameterizedTest
  @EnumSource
  void pairsWhoeverComesFirst(Role first) throws Exception {
    try (TestRelay relay = TestRelay.start();
        TestLink waiting = relay.waiting(first, infoHash);
        TestLink coming = relay.announce(counterpartOf(first), infoHash)) {
      assertThat(coming.awaitPaired()).isEqualTo(waiting.awaitPaired());
      waiting.send("to the one that came".getBytes(US_ASCII));
      coming.send("to the one that was there".getBytes(US_ASCII));
      assertThat(coming.receive(20)).isEqualTo("to the one that came".getBytes(US_ASCII));
      assertThat(waiting.receive(25)).isEqualTo("to the one that was there".getBytes(US_ASCII));
    }
  }

  @Test
  void pairsTheNewestWaitingLinkFirst() throws Exception {
    try (TestRelay relay = TestRelay.start();
        TestLink oldest = relay.waiting(Role.BRIDGE, infoHash);
        TestLink middle = relay.waiting(Role.BRIDGE, infoHash);
        TestLink newest = relay.waiting(Role.BRIDGE, infoHash)) {
      for (TestLink expected : List.of(newest, middle, oldest)) {
        try (TestLink broker = relay.announce(Role.BROKER, infoHash)) {
          assertThat(expected.awaitPaired()).isEqualTo(broker.awaitPaired());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void doesNotPairTwoOfARole(Role role) throws Exception {
    try (TestRelay relay = TestRelay.start();
        TestLink first = relay.waiting(role, infoHash);
        TestLink second = relay.waiting(role, infoHash)) {
      assertThat(relay.relay().status().waitingLinks()).isEqualTo(2);
      assertThat(relay.relay().count(Counter.PAIRS_OPENED)).isZero();
      first.halfClose();
      second.halfClose();
      assertThat(relay.awaitCloseReasons(2))
          .containsExactly(CloseReason.WITHDRAWN, CloseReason.WITHDRAWN);
    }
  }

  @Test
  void doesNotPairTwoInfoHashes() throws Exception {
    InfoHash other = // differs in the last bit
        new InfoHash(infoHash.word0(), infoHash.word1(), infoHash.word2(), infoHash.word3() ^ 1);
    try (TestRelay relay = TestRelay.start();
        TestLink bridge = relay.waiting(Role.BRIDGE, infoHash);
        TestLink broker = relay.waiting(Role.BROKER, other)) {
      assertThat(relay.relay().status().waitingLinks()).isEqualTo(2);
    }
  }

  @Test
  void keepsEarlyDataForTheCounterpart() throws Exception {
    byte[] early = "sent before anybody was there".getBytes(US_ASCII);
    try (TestRelay relay = TestRelay.start();
        TestLink bridge = relay.announce(Role.BRIDGE, infoHash, early)) {
      bridge.awaitWaiting();
      byte[] reply = "and this with the announce".getBytes(US_ASCII);
      try (TestLink broker = relay.announce(Role.BROKER, infoHash, reply)) {
        broker.awaitPaired();
        bridge.awaitPaired();
        assertThat(broker.receive(early.length)).isEqualTo(early);
        assertThat(bridge.receive(reply.length)).isEqualTo(reply);
      }
    }
  }

  @Test
  void takesAnAnnounceThatComesByteByByte() throws Exception {
    byte[] announce = Announce.of(Role.BROKER, infoHash).toBytes();
    try (TestRelay relay = TestRelay.start();
        TestLink bridge = relay.waiting(Role.BRIDGE, infoHash);
        TestLink broker = relay.connect()) {
      for (byte part : announce) {
        broker.send(part);
      }
      assertThat(broker.awaitPaired()).isEqualTo(bridge.awaitPaired());
    }
  }

  @Test
  void forgetsALinkThatLeaves() throws Exception {
    try (TestRelay relay = TestRelay.start();
        TestLink gone = relay.waiting(Role.BRIDGE, infoHash)) {
      gone.halfClose();
      assertThat(gone.isAtEnd()).isTrue();
      assertThat(relay.awaitCloseReasons(1)).containsExactly(CloseReason.WITHDRAWN);
      try (TestLink broker = relay.waiting(Role.BROKER, infoHash)) {
        assertThat(broker.source()).isNotEqualTo(gone.source());
        assertThat(relay.relay().status().waitingLinks()).isEqualTo(1);
      }
    }
  }

  @Test
  void forgetsALinkThatIsReset() throws Exception {
    try (TestRelay relay = TestRelay.start();
        TestLink gone = relay.announce(Role.BRIDGE, infoHash, new byte[1000])) {
      gone.awaitWaiting();
      gone.reset();
      relay.awaitNoLinks();
      relay.waiting(Role.BROKER, infoHash).close();
    }
  }

  /// The bridge's links are paired, not lost, however many arrive at the same time.
  @Test
  void pairsAsManyAsThereAreOfBoth(Random random) throws Exception {
    int hashes = 30;
    int links = 400;
    try (TestRelay relay = TestRelay.start(settings -> settings.eventLoops = 3)) {
      List<TestLink> all = new ArrayList<>();
      Map<Integer, int[]> counts = new HashMap<>();
      try {
        for (int i = 0; i < links; i++) {
          int hash = random.nextInt(hashes);
          Role role = random.nextBoolean() ? Role.BRIDGE : Role.BROKER;
          counts.computeIfAbsent(hash, _ -> new int[2])[role == Role.BRIDGE ? 0 : 1]++;
          all.add(relay.announce(role, new InfoHash(1, 2, 3, hash)));
        }
        long pairs = counts.values().stream().mapToLong(c -> Math.min(c[0], c[1])).sum();
        long waiting = links - 2 * pairs;
        Patience.until(
            Duration.ofSeconds(10),
            pairs + " pairs and " + waiting + " waiting",
            () ->
                relay.relay().count(Counter.PAIRS_OPENED) == pairs
                    && relay.relay().status().waitingLinks() == waiting);
      } finally {
        for (TestLink link : all) {
          link.close();
        }
      }
    }
  }

  @Test
  void givesEachPairAnIdOfItsOwn() throws Exception {
    int count = 100;
    try (TestRelay relay = TestRelay.start()) {
      Set<Long> ids = new HashSet<>();
      for (int i = 0; i < count; i++) {
        try (TestPair pair = relay.pair()) {
          ids.add(pair.pairId());
        }
      }
      assertThat(ids).hasSize(count);
    }
  }
}
