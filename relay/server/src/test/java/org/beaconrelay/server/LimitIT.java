package org.beaconrelay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestPair;
import org.junit.jupiter.api.Test;

final class LimitIT {
  @Test
  void refusesOneLinkTooMany() throws Exception {
    try (TestRelay relay = TestRelay.start(settings -> settings.maxLinks = 4)) {
      try (TestPair first = relay.pair();
          TestPair second = relay.pair()) {
        try (TestLink tooMany = relay.connect()) { // is told without a word of its own
          assertThat(tooMany.receiveFrame()).isEqualTo(new Frame.Rejected(RejectReason.RELAY_FULL));
          assertThat(tooMany.isAtEnd()).isTrue();
        }
        first.exchange();
        second.exchange();
      }
      relay.awaitNoLinks();
      relay.pair().close();
    }
  }

  /// The oldest goes: it is the likeliest to be dead, and the newest is known to be alive.
  @Test
  void displacesTheOldestWaitingLinkOfAHash() throws Exception {
    InfoHash infoHash = InfoHashes.random();
    List<TestLink> links = new ArrayList<>();
    try (TestRelay relay = TestRelay.start(settings -> settings.maxWaitingPerHash = 3)) {
      try {
        for (int i = 0; i < 5; i++) {
          links.add(relay.waiting(Role.BRIDGE, infoHash));
        }
        assertThat(links.get(0).awaitRejected()).isEqualTo(RejectReason.HASH_LIMIT);
        assertThat(links.get(1).awaitRejected()).isEqualTo(RejectReason.HASH_LIMIT);
        assertThat(relay.relay().status().waitingLinks()).isEqualTo(3);
        try (TestLink broker = relay.announce(Role.BROKER, infoHash)) {
          assertThat(links.get(4).awaitPaired()).isEqualTo(broker.awaitPaired());
        }
      } finally {
        for (TestLink link : links) {
          link.close();
        }
      }
    }
  }

  @Test
  void countsWaitingLinksOfEachHashAlone() throws Exception {
    try (TestRelay relay = TestRelay.start(settings -> settings.maxWaitingPerHash = 1);
        TestLink one = relay.waiting(Role.BRIDGE);
        TestLink other = relay.waiting(Role.BRIDGE)) {
      assertThat(one.source()).isNotEqualTo(other.source());
      assertThat(relay.relay().status().waitingLinks()).isEqualTo(2);
    }
  }
}
