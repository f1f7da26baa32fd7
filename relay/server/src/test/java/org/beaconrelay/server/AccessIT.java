package org.beaconrelay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
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

/// Lists of who may come, and of what may be announced.
@Timeout(60)
final class AccessIT {
  private static final int HOST = 32;

  private final InetAddress friend = SourceAddresses.next().getAddress();
  private final InetAddress stranger = SourceAddresses.next().getAddress();

  private static List<AddressRange> only(InetAddress address) {
    return List.of(AddressRange.of(address, HOST));
  }

  private static List<AddressRange> all() {
    return List.of(AddressRange.of(InetAddress.ofLiteral("127.0.0.0"), 8));
  }

  private static void assertLetIn(TestRelay relay, InetAddress source) throws Exception {
    try (TestLink link = TestLink.connectFrom(source, relay.address())) {
      link.send(Announce.of(Role.BRIDGE, InfoHashes.random()).toBytes());
      link.awaitWaiting();
    }
  }

  private static void assertTurnedAway(TestRelay relay, InetAddress source) throws Exception {
    try (TestLink link = TestLink.connectFrom(source, relay.address())) {
      assertThat(link.receiveFrame()).isEqualTo(new Frame.Rejected(RejectReason.NOT_ALLOWED, 0));
      assertThat(link.isAtEnd()).isTrue();
    }
  }

  @Test
  void letsOnlyThoseInThatMayCome() throws Exception {
    try (TestRelay relay =
        TestRelay.start(
            settings ->
                settings.access = new AccessSettings(only(friend), List.of(), null, List.of()))) {
      assertLetIn(relay, friend);
      assertTurnedAway(relay, stranger);
      assertThat(relay.relay().count(Counter.REFUSED_ALLOW_FROM)).isOne();
    }
  }

  @Test
  void letsNobodyInWhoMayNotComeBeHeAllowedOrNot() throws Exception {
    try (TestRelay relay =
        TestRelay.start(
            settings ->
                settings.access = new AccessSettings(all(), only(stranger), null, List.of()))) {
      assertLetIn(relay, friend);
      assertTurnedAway(relay, stranger);
      assertThat(relay.relay().count(Counter.REFUSED_DENY_FROM)).isOne();
    }
  }

  @Test
  void tellsAStrangerInsideOuterTls() throws Exception {
    SSLContext identity = TestIdentity.make("relay");
    try (TestRelay relay =
            TestRelay.start(
                settings -> {
                  settings.outerTls = () -> identity;
                  settings.access = new AccessSettings(List.of(), only(stranger), null, List.of());
                });
        TestTlsLink link = TestTlsLink.from(stranger, relay.address(), "brp/1")) {
      link.send(Announce.of(Role.BRIDGE, InfoHashes.random()).toBytes());
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.NOT_ALLOWED);
    }
  }

  @Test
  void letsOnlyInfoHashesBeAnnouncedThatMayBe() throws Exception {
    InfoHash listed = InfoHashes.random();
    InfoHash unlisted = InfoHashes.random();
    AtomicReference<Set<InfoHash>> list = new AtomicReference<>(Set.of(listed));
    try (TestRelay relay =
        TestRelay.start(
            settings ->
                settings.access =
                    new AccessSettings(
                        List.of(),
                        List.of(),
                        infoHash -> list.get().contains(infoHash),
                        List.of()))) {
      try (TestLink bridge = relay.waiting(Role.BRIDGE, listed);
          TestLink other = relay.announce(Role.BRIDGE, unlisted)) {
        assertThat(other.awaitRejected()).isEqualTo(RejectReason.NOT_ALLOWED);
        assertThat(relay.relay().count(Counter.REFUSED_ALLOW_HASH_FILE)).isOne();

        list.set(Set.of(unlisted));
        relay.waiting(Role.BRIDGE, unlisted).close();
        try (TestLink late = relay.announce(Role.BROKER, listed)) {
          assertThat(late.awaitRejected()).isEqualTo(RejectReason.NOT_ALLOWED);
        }
        // Who waits goes on waiting.
        list.set(Set.of(listed));
        try (TestLink broker = relay.announce(Role.BROKER, listed)) {
          assertThat(broker.awaitPaired()).isEqualTo(bridge.awaitPaired());
        }
      }
    }
  }

  /// It would be work for nothing.
  @Test
  void asksForNoProofOfWhatMayNotBeAnnounced() throws Exception {
    try (TestRelay relay =
            TestRelay.start(
                settings -> {
                  settings.requireProof = true;
                  settings.access = new AccessSettings(List.of(), List.of(), _ -> false, List.of());
                });
        TestLink link = relay.connect()) {
      link.send(new Announce(Role.BRIDGE, false, false, true, InfoHashes.random(), 0).toBytes());
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.NOT_ALLOWED);
    }
  }
}
