package org.beaconrelay.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.TestLink;
import org.junit.jupiter.api.Test;

/// What a relay can say of a link that has ended (TRUST-MODEL.md, the first four rows).
final class LinkRecordIT {
  private final InfoHash infoHash = InfoHashes.random();

  @Test
  void knowsBothLinksOfAPair() throws Exception {
    try (TestRelay relay = TestRelay.start()) {
      long beforeMs = System.currentTimeMillis();
      InetSocketAddress bridgeSource;
      InetSocketAddress brokerSource;
      try (TestLink bridge = relay.waiting(Role.BRIDGE, infoHash);
          TestLink broker = relay.announce(Role.BROKER, infoHash)) {
        bridgeSource = bridge.source();
        brokerSource = broker.source();
        long pairId = bridge.awaitPaired();
        assertThat(broker.awaitPaired()).isEqualTo(pairId);
        broker.send("ask".getBytes(US_ASCII));
        bridge.receive(3);
        bridge.halfClose();
        broker.halfClose();
        assertThat(bridge.isAtEnd()).isTrue();
        assertThat(broker.isAtEnd()).isTrue();
        assertThat(relay.awaitRecords(2)).extracting(LinkRecord::pairId).containsOnly(pairId);
      }
      List<LinkRecord> records = relay.awaitRecords(2);
      assertThat(records)
          .extracting(LinkRecord::role)
          .containsExactlyInAnyOrder(Role.BRIDGE, Role.BROKER);
      assertThat(records)
          .allSatisfy(
              record -> {
                boolean isBridge = record.role() == Role.BRIDGE;
                assertThat(record.infoHash()).isEqualTo(infoHash);
                assertThat(record.source()).isEqualTo(isBridge ? bridgeSource : brokerSource);
                assertThat(record.destination()).isEqualTo(relay.address());
                assertThat(record.openedMs()).isBetween(beforeMs, record.pairedMs());
                assertThat(record.pairedMs()).isBetween(record.openedMs(), record.closedMs());
                assertThat(record.bytesFrom()).isEqualTo(isBridge ? 0 : 3);
                assertThat(record.bytesTo()).isEqualTo(isBridge ? 3 : 0);
              });
    }
  }

  @Test
  void knowsALinkThatOnlyWaited() throws Exception {
    try (TestRelay relay = TestRelay.start()) {
      InetSocketAddress source;
      try (TestLink waiting = relay.waiting(Role.BROKER, infoHash)) {
        source = waiting.source();
      }
      LinkRecord record = relay.awaitRecords(1).getFirst();
      assertThat(record.role()).isEqualTo(Role.BROKER);
      assertThat(record.infoHash()).isEqualTo(infoHash);
      assertThat(record.source()).isEqualTo(source);
      assertThat(record.pairedMs()).isZero();
      assertThat(record.pairId()).isZero();
    }
  }

  @Test
  void knowsNoMoreThanTheAddressOfALinkThatSaidNothing() throws Exception {
    try (TestRelay relay = TestRelay.start()) {
      InetSocketAddress source;
      try (TestLink silent = relay.connect()) {
        source = silent.source();
      }
      LinkRecord record = relay.awaitRecords(1).getFirst();
      assertThat(record.source()).isEqualTo(source);
      assertThat(record.role()).isNull();
      assertThat(record.infoHash()).isNull();
    }
  }
}
