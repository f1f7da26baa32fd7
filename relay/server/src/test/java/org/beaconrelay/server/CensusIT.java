package org.beaconrelay.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.metrics.Histogram;
import org.beaconrelay.server.metrics.Timing;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.Seeded;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a running relay says of what it holds.
@ExtendWith(Seeded.class)
final class CensusIT {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// More than a shard looks at in one turn, in each of two shards.
  private static final int MANY = 1_200;

  private static List<LinkRecord> records(TestRelay relay) throws Exception {
    List<LinkRecord> records = new ArrayList<>();
    relay.relay().forEachLink(PATIENCE, records::add);
    return records;
  }

  private static Census census(TestRelay relay) throws Exception {
    Census census = relay.relay().census(PATIENCE);
    assertThat(census.faults()).isEmpty();
    return census;
  }

  /// Until its buffers are full and a pipe is stuck.
  private static void fill(TestLink link) throws Exception {
    ByteBuffer zeros = ByteBuffer.allocate(65_536);
    link.channel().configureBlocking(false);
    int refusals = 0;
    while (refusals < 20) {
      if (link.channel().write(zeros.clear()) == 0) {
        refusals++;
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
    link.channel().configureBlocking(true);
  }

  @Test
  void countsLinksInEveryState() throws Exception {
    try (TestRelay relay = TestRelay.start()) {
      try (TestLink silent = relay.connect();
          TestLink one = relay.waiting(Role.BRIDGE);
          TestLink other = relay.waiting(Role.BROKER);
          TestPair idle = relay.pair();
          TestPair stuck = relay.pair();
          TestPair halfClosed = relay.pair()) {
        idle.exchange();
        fill(stuck.bridge());
        halfClosed.broker().halfClose();
        assertThat(halfClosed.bridge().isAtEnd()).isTrue();
        relay.awaitLinks(9);

        Census census = census(relay);
        assertThat(census.pendingLinks()).isEqualTo(1);
        assertThat(census.waitingLinks()).isEqualTo(2);
        assertThat(census.pairs()).isEqualTo(3);
        assertThat(census.links()).isEqualTo(9);
        assertThat(census.held().leasedPipes()).isEqualTo(1);
        assertThat(List.of(silent, one, other)).hasSize(3);
      }
      relay.awaitNoLinks();
      assertThat(census(relay).links()).isZero();
      assertThat(records(relay)).isEmpty();
    }
  }

  @Test
  void tellsOfEveryLinkAsItIs() throws Exception {
    InfoHash infoHash = InfoHashes.random();
    try (TestRelay relay = TestRelay.start();
        TestLink silent = relay.connect();
        TestLink waiting = relay.waiting(Role.BROKER);
        TestLink bridge = relay.waiting(Role.BRIDGE, infoHash);
        TestLink broker = relay.announce(Role.BROKER, infoHash)) {
      long pairId = bridge.awaitPaired();
      broker.awaitPaired();
      broker.send("ask".getBytes(US_ASCII));
      bridge.receive(3);
      relay.awaitLinks(4);

      List<LinkRecord> records = records(relay);
      assertThat(records).hasSize(4);
      assertThat(records)
          .allSatisfy(
              record -> {
                assertThat(record.closedMs()).isZero();
                assertThat(record.reason()).isNull();
                assertThat(record.destination()).isEqualTo(relay.address());
              });
      LinkRecord ofBroker = of(records, broker.source());
      assertThat(ofBroker.pairId()).isEqualTo(pairId);
      assertThat(ofBroker.infoHash()).isEqualTo(infoHash);
      assertThat(ofBroker.role()).isEqualTo(Role.BROKER);
      assertThat(ofBroker.bytesFrom()).isEqualTo(3);
      LinkRecord ofBridge = of(records, bridge.source());
      assertThat(ofBridge.bytesTo()).isEqualTo(3);
      assertThat(ofBridge.pairedMs()).isEqualTo(ofBroker.pairedMs()).isPositive();
      LinkRecord ofWaiting = of(records, waiting.source());
      assertThat(ofWaiting.role()).isEqualTo(Role.BROKER);
      assertThat(ofWaiting.pairedMs()).isZero();
      assertThat(of(records, silent.source()).infoHash()).isNull();
    }
  }

  private static LinkRecord of(List<LinkRecord> records, InetSocketAddress source) {
    return records.stream().filter(link -> link.source().equals(source)).findAny().orElseThrow();
  }

  /// Links go while they are told of: each of those that stay is told of, and none twice.
  @Test
  void goesOnWhereLinksGo(Random random) throws Exception {
    List<TestLink> links = new ArrayList<>();
    try (TestRelay relay = TestRelay.start()) {
      Set<InetSocketAddress> staying = new HashSet<>();
      Set<InetSocketAddress> told = new HashSet<>();
      List<TestLink> going = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        TestLink link = relay.waiting(Role.BRIDGE);
        links.add(link);
        if (random.nextInt(3) == 0) {
          staying.add(link.source());
        } else {
          going.add(link);
        }
      }
      relay
          .relay()
          .forEachLink(
              PATIENCE,
              link -> {
                if (told.isEmpty()) {
                  closeAll(going);
                  relay.awaitLinks(staying.size());
                }
                assertThat(told.add(link.source())).as("told once").isTrue();
              });
      assertThat(told).containsAll(staying);
      closeAll(links);
    }
  }

  private static void closeAll(List<TestLink> links) {
    for (TestLink link : links) {
      try {
        link.close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  /// The books of a relay in which everything happens at once.
  @Test
  void neverDisagreesWithItself(Random random) throws Exception {
    try (TestRelay relay = TestRelay.start()) {
      for (int round = 0; round < 300; round++) {
        try (TestPair pair = relay.pair();
            TestLink waiting = relay.announce(Role.BRIDGE, InfoHashes.random());
            TestLink silent = relay.connect()) {
          byte[] bytes = new byte[random.nextInt(100_000)];
          pair.bridge().send(bytes);
          census(relay);
          switch (random.nextInt(4)) {
            case 0 -> pair.broker().reset();
            case 1 -> pair.broker().receive(bytes.length);
            case 2 -> waiting.reset();
            default -> silent.send((byte) 'x');
          }
          census(relay);
        }
        census(relay);
      }
    }
  }

  @Test
  void takesTheTimeOfHandshakesWaitsAndPairings() throws Exception {
    try (TestRelay relay = TestRelay.start();
        TestLink waiting = relay.waiting(Role.BRIDGE);
        TestPair pair = relay.pair()) {
      pair.exchange();
      relay.awaitLinks(3);
      assertThat(relay.relay().timing(Timing.HANDSHAKE).count()).isEqualTo(3);
      Histogram waits = relay.relay().timing(Timing.WAIT);
      assertThat(waits.count()).isEqualTo(1);
      assertThat(waits.sumNs()).isPositive();
      assertThat(relay.relay().timing(Timing.PAIRING).count()).isEqualTo(1);
      assertThat(relay.relay().timing(Timing.LOOP_DELAY).count()).isZero();
      census(relay);
      assertThat(relay.relay().timing(Timing.LOOP_DELAY).count()).isEqualTo(2); // shards
      assertThat(waiting.source()).isNotNull();
    }
  }

  @Test
  void saysThatItHasStopped() throws Exception {
    try (TestRelay relay = TestRelay.start()) {
      relay.stop();
      assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> census(relay));
      assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> records(relay));
    }
  }
}
