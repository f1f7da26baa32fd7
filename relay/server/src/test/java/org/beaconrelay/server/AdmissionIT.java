package org.beaconrelay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.Patience;
import org.beaconrelay.testing.SourceAddresses;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestPair;
import org.beaconrelay.testing.TestTlsLink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Limits for links that say nothing, and for those of one source address.
@Timeout(60)
final class AdmissionIT {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final InetAddress crowded = SourceAddresses.next().getAddress();
  private final List<TestLink> links = new ArrayList<>();

  @AfterEach
  void closeLinks() throws IOException {
    for (TestLink link : links) {
      link.close();
    }
  }

  private TestLink from(InetAddress source, TestRelay relay) throws IOException {
    TestLink link = TestLink.connectFrom(source, relay.address());
    links.add(link);
    return link;
  }

  private TestLink waitingFrom(InetAddress source, TestRelay relay) throws IOException {
    TestLink link = from(source, relay);
    link.send(Announce.of(Role.BRIDGE, InfoHashes.random()).toBytes());
    link.awaitWaiting();
    return link;
  }

  private static void awaitPending(TestRelay relay, int count) {
    Patience.until(
        PATIENCE, count + " links are pending", () -> relay.relay().pendingLinks() == count);
  }

  private static long count(TestRelay relay, Counter counter) {
    return relay.relay().count(counter);
  }

  // ---- plain

  @Test
  void turnsAwayWhoSaysNothingOnTooManyLinks() throws Exception {
    try (TestRelay relay = TestRelay.start(settings -> settings.maxPendingPerAddress = 3)) {
      for (int i = 0; i < 3; i++) {
        from(crowded, relay);
      }
      awaitPending(relay, 3);
      assertThat(from(crowded, relay).receiveFrame())
          .isEqualTo(new Frame.Rejected(RejectReason.ADDRESS_LIMIT, 5));
      relay.pair().close(); // from elsewhere

      TestLink first = links.getFirst();
      first.send(Announce.of(Role.BRIDGE, InfoHashes.random()).toBytes());
      first.awaitWaiting();
      waitingFrom(crowded, relay);
      assertThat(count(relay, Counter.REFUSED_MAX_PENDING_PER_ADDRESS)).isOne();
      closeLinks();
    }
  }

  @Test
  void turnsAwayWhoComesWhileTooManySayNothing() throws Exception {
    try (TestRelay relay = TestRelay.start(settings -> settings.maxPending = 3);
        TestPair pair = relay.pair()) {
      for (int i = 0; i < 3; i++) {
        links.add(relay.connect());
      }
      awaitPending(relay, 3);
      try (TestLink tooMany = relay.connect()) {
        assertThat(tooMany.awaitRejected()).isEqualTo(RejectReason.RELAY_FULL);
      }
      pair.exchange();
      links.removeFirst().close();
      awaitPending(relay, 2);
      relay.pair().close();
      assertThat(count(relay, Counter.REFUSED_MAX_PENDING)).isOne();
      closeLinks();
    }
  }

  @Test
  void turnsAwayTooManyLinksOfOneAddress() throws Exception {
    try (TestRelay relay = TestRelay.start(settings -> settings.maxLinksPerAddress = 3)) {
      for (int i = 0; i < 3; i++) {
        waitingFrom(crowded, relay);
      }
      assertThat(from(crowded, relay).awaitRejected()).isEqualTo(RejectReason.ADDRESS_LIMIT);
      relay.pair().close(); // from elsewhere

      assertThat(count(relay, Counter.REFUSED_MAX_LINKS_PER_ADDRESS)).isOne();
      links.removeFirst().close();
      Patience.until(PATIENCE, "there is room again", () -> isLetIn(relay));
      closeLinks();
    }
  }

  @Test
  void turnsAwayWhoOpensLinksTooFast() throws Exception {
    try (TestRelay relay = TestRelay.start(settings -> settings.announceRatePerAddress = 5)) {
      for (int i = 0; i < 5; i++) {
        waitingFrom(crowded, relay);
      }
      RejectReason reason = null;
      while (reason == null) { // a slow machine has earned another by now
        reason = rejection(from(crowded, relay));
      }
      assertThat(reason).isEqualTo(RejectReason.RATE_LIMITED);
      assertThat(count(relay, Counter.REFUSED_ANNOUNCE_RATE_PER_ADDRESS)).isOne();
      relay.pair().close(); // from elsewhere
      Patience.until(PATIENCE, "it may come again", () -> isLetIn(relay));
      closeLinks();
    }
  }

  private boolean isLetIn(TestRelay relay) {
    try {
      return rejection(from(crowded, relay)) == null;
    } catch (IOException e) {
      return false; // it was closed at once
    }
  }

  /// What a link is told that announces.
  private static @Nullable RejectReason rejection(TestLink link) throws IOException {
    link.send(Announce.of(Role.BRIDGE, InfoHashes.random()).toBytes());
    return link.receiveFrame() instanceof Frame.Rejected(RejectReason reason, _) ? reason : null;
  }

  /// Those behind the first few are told too, but are not waited for.
  @Test
  void holdsNoneOfAFloodOpen() throws Exception {
    int flood = 500;
    try (TestRelay relay = TestRelay.start(settings -> settings.maxLinksPerAddress = 1);
        TestPair pair = relay.pair()) {
      waitingFrom(crowded, relay);
      for (int i = 0; i < flood; i++) {
        assertThat(from(crowded, relay).awaitRejected()).isEqualTo(RejectReason.ADDRESS_LIMIT);
      }
      relay.awaitLinks(3); // none of the flood has ended by itself
      assertThat(count(relay, Counter.REFUSED_MAX_LINKS_PER_ADDRESS)).isEqualTo(flood);
      assertThat(relay.relay().closedCount(CloseReason.ADDRESS_LIMIT)).isEqualTo(flood);
      pair.exchange();
      closeLinks();
    }
  }

  @Test
  void remembersNobodyWhoIsGone() throws Exception {
    try (TestRelay relay = TestRelay.start()) {
      for (int i = 0; i < 20; i++) {
        relay.pair().close();
        from(crowded, relay);
      }
      assertThat(relay.relay().knownSources()).isPositive();
      closeLinks();
      relay.awaitNoLinks();
      Patience.until(PATIENCE, "no source is known", () -> relay.relay().knownSources() == 0);
    }
  }

  // ---- inside outer TLS

  private static TestRelay startWithTls(int maxLinksPerAddress) throws Exception {
    SSLContext identity = TestIdentity.make("relay");
    return TestRelay.start(
        settings -> {
          settings.outerTls = () -> identity;
          settings.maxLinksPerAddress = maxLinksPerAddress;
        });
  }

  @Test
  void tellsAFewInsideOuterTlsAndClosesTheOthersAtOnce() throws Exception {
    int flood = 100;
    try (TestRelay relay = startWithTls(1)) {
      from(crowded, relay);
      awaitPending(relay, 1);
      try (TestTlsLink told = TestTlsLink.from(crowded, relay.address(), "brp/1")) {
        told.send(Announce.of(Role.BRIDGE, InfoHashes.random()).toBytes());
        assertThat(told.awaitRejected()).isEqualTo(RejectReason.ADDRESS_LIMIT);
      }
      for (int i = 0; i < flood; i++) {
        from(crowded, relay);
      }
      Patience.until(
          PATIENCE,
          "all are turned away",
          () -> count(relay, Counter.REFUSED_MAX_LINKS_PER_ADDRESS) == flood + 1);
      assertThat(count(relay, Counter.CLOSED_UNTOLD)).isPositive();
      try (TestTlsLink elsewhere = TestTlsLink.connect(relay.address(), "brp/1")) {
        elsewhere.send(Announce.of(Role.BRIDGE, InfoHashes.random()).toBytes());
        assertThat(elsewhere.receiveFrame()).isEqualTo(new Frame.Waiting());
      }
      closeLinks();
    }
  }
}
