package org.beaconrelay.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.Patience;
import org.beaconrelay.testing.Seeded;
import org.beaconrelay.testing.TestLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Relays, bridges and addresses that come and go.
@ExtendWith({LeakCheck.class, Seeded.class})
final class RecoveryIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static void assertCarries(Rig rig) throws IOException {
    try (Socket caller = rig.call()) {
      assertAnswers(caller);
    }
  }

  private static void assertAnswers(Socket caller) throws IOException {
    caller.getOutputStream().write("question".getBytes(US_ASCII));
    assertThat(caller.getInputStream().readNBytes(8)).isEqualTo("question".getBytes(US_ASCII));
  }

  private static InetSocketAddress at(TestRelay relay) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), relay.port());
  }

  private static InfoHash infoHash() {
    return Rig.IDENTITIES.bridgeIdentity().infoHash();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void findsARelayThatWasStartedAgain(boolean tls) throws Exception {
    TestRelay first = TestRelay.start(tls);
    int port = first.port();
    try (StandIn service = StandIn.start(StandIn::echo);
        Rig rig = Rig.start(first, service)) {
      assertCarries(rig);
      first.close();
      rig.bridgeSaid.awaitProblem("relay 127.0.0.1:%d: ".formatted(port));
      try (TestRelay second = TestRelay.startAt(port, tls)) {
        second.awaitWaitingLinks(2);
        assertCarries(rig);
      }
    }
  }

  @Test
  void aCallerOutlivesARelayThatEndsWhileItWaits() throws Exception {
    TestRelay first = TestRelay.start(true);
    int port = first.port();
    try (StandIn service = StandIn.start(StandIn::echo);
        Broker broker =
            Broker.start(Rig.broker(List.of(first.address()), first.trust()), new Observed());
        Socket caller = new Socket(broker.address().getAddress(), broker.address().getPort())) {
      first.awaitWaitingLinks(1); // the broker's
      first.close();
      try (TestRelay second = TestRelay.startAt(port, true);
          Bridge _ =
              Bridge.start(
                  Rig.bridge(List.of(second.address()), second.trust(), service.address(), 1),
                  new Observed())) {
        assertAnswers(caller);
        broker.close();
      }
    }
  }

  @Test
  void anotherBridgeTakesOver() throws Exception {
    try (TestRelay relay = TestRelay.start(true);
        StandIn service = StandIn.start(StandIn::echo);
        Rig rig = Rig.start(relay, service);
        Socket running = rig.call()) {
      assertAnswers(running);
      Observed said = new Observed();
      try (Bridge _ =
          Bridge.start(
              Rig.bridge(List.of(relay.address()), relay.trust(), service.address(), 1), said)) {
        said.awaitReady();
        rig.bridge.close();
        for (int i = 0; i < 10; i++) {
          assertCarries(rig);
        }
      }
    }
  }

  @Test
  void aSilentLinkOfTheSameHashIsPassedOver() throws Exception {
    try (TestRelay relay = TestRelay.start(false);
        TestLink stale = TestLink.announce(at(relay), Role.BRIDGE, infoHash());
        StandIn service = StandIn.start(StandIn::echo)) {
      stale.awaitWaiting();
      try (Rig rig = Rig.start(relay, service, 1)) {
        relay.awaitWaitingLinks(2);
        assertCarries(rig);
      }
    }
  }

  /// Who knows the info_hash may have the bridge's links for himself, but not for long.
  @Test
  void aBrokerComesThroughBehindStrangers() throws Exception {
    try (TestRelay relay = TestRelay.start(false);
        StandIn service = StandIn.start(StandIn::echo);
        Rig rig = Rig.start(relay, service, 1)) {
      for (int i = 0; i < 5; i++) {
        try (TestLink stranger = TestLink.announce(at(relay), Role.BROKER, infoHash())) {
          stranger.awaitPaired();
          stranger.send("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
          rig.bridgeSaid.awaitProblem("a broker was turned away: ");
        }
      }
      assertCarries(rig);
      assertCarries(rig);
    }
  }

  /// A link that was paired and is dead costs a try.
  @Test
  void aCallerGetsAnotherBridgeWhereTheFirstOneIsGone() throws Exception {
    try (TestRelay relay = TestRelay.start(false);
        StandIn service = StandIn.start(StandIn::echo);
        Rig rig = Rig.start(relay, service, 1);
        TestLink dying = TestLink.announce(at(relay), Role.BRIDGE, infoHash())) {
      dying.awaitWaiting(); // the newest, so that the caller gets it
      try (Socket caller = rig.call()) {
        dying.awaitPaired();
        dying.reset();
        assertAnswers(caller);
      }
    }
  }

  @Test
  void oneOfTwoRelaysMayBeDead() throws Exception {
    StandIn dead = StandIn.start(StandIn::echo);
    dead.close();
    try (TestRelay relay = TestRelay.start(true);
        StandIn service = StandIn.start(StandIn::echo)) {
      List<HostPort> relays =
          List.of(dead.address(), new HostPort("no-such-host.invalid", 443), relay.address());
      try (Rig rig =
          Rig.of(
              Rig.bridge(relays, relay.trust(), service.address(), 2),
              Rig.broker(relays, relay.trust()))) {
        rig.bridgeSaid.awaitReady();
        assertCarries(rig);
        assertCarries(rig);
        String unknown = "relay no-such-host.invalid:443: there is no host of this name";
        rig.bridgeSaid.awaitProblem(unknown);
        rig.brokerSaid.awaitProblem(unknown);
      }
    }
  }

  @Test
  void oneOfTwoRelaysMayBeFull() throws Exception {
    try (TestRelay full = TestRelay.ofSize(2);
        TestLink one = TestLink.announce(at(full), Role.BRIDGE, InfoHashes.random());
        TestLink other = TestLink.announce(at(full), Role.BRIDGE, InfoHashes.random());
        TestRelay relay = TestRelay.start(false);
        StandIn service = StandIn.start(StandIn::echo)) {
      one.awaitWaiting();
      other.awaitWaiting();
      List<HostPort> relays = List.of(full.address(), relay.address());
      try (Rig rig =
          Rig.of(
              Rig.bridge(relays, relay.trust(), service.address(), 2),
              Rig.broker(relays, relay.trust()))) {
        relay.awaitWaitingLinks(2);
        assertCarries(rig);
        rig.bridgeSaid.awaitProblem("the relay rejected the announce: RELAY_FULL");
      }
    }
  }

  @Test
  void theBridgeMayBeAtOneOfTwoRelays() throws Exception {
    try (TestRelay empty = TestRelay.start(false);
        TestRelay relay = TestRelay.start(false);
        StandIn service = StandIn.start(StandIn::echo);
        Rig rig =
            Rig.of(
                Rig.bridge(List.of(relay.address()), relay.trust(), service.address(), 1),
                Rig.broker(List.of(empty.address(), relay.address()), relay.trust()))) {
      assertCarries(rig);
    }
  }

  @Test
  void keepsWaitingAtAnAddressWhoseNameIsGoneForAWhile() throws Exception {
    boolean[] known = {true};
    Observed said = new Observed();
    RelayAddresses addresses =
        new RelayAddresses(
            List.of(new HostPort("relay.example", 443)),
            said,
            name -> {
              if (!known[0]) {
                throw new UnknownHostException(name);
              }
              return new InetAddress[] {InetAddress.getLoopbackAddress()};
            });
    List<RelayAddresses.Replica> before = addresses.lookUp();
    assertThat(said.problems()).isEmpty();
    known[0] = false;
    assertThat(addresses.lookUp()).isEqualTo(before).hasSize(1);
    known[0] = true;
    assertThat(addresses.lookUp()).isEqualTo(before);
    assertThat(said.problems())
        .containsExactly("relay relay.example:443: there is no host of this name");
  }

  @Test
  void tellsOfAnUnknownNameBesideAKnownOne() throws Exception {
    HostPort misspelt = new HostPort("realy.example", 443);
    Observed said = new Observed();
    RelayAddresses addresses =
        new RelayAddresses(
            List.of(misspelt, new HostPort("relay.example", 443)),
            said,
            name -> {
              if (name.equals(misspelt.host())) {
                throw new UnknownHostException(name);
              }
              return new InetAddress[] {InetAddress.getLoopbackAddress()};
            });
    assertThat(addresses.lookUp()).hasSize(1);
    assertThat(said.problems())
        .containsExactly("relay realy.example:443: there is no host of this name");
  }

  /// At whatever moment both are closed: no socket and no thread is left, which LeakCheck sees.
  @Test
  void canBeClosedAtAnyMoment(Random random) throws Exception {
    try (TestRelay relay = TestRelay.start(true);
        StandIn service = StandIn.start(StandIn::echo)) {
      for (int round = 0; round < 60; round++) {
        List<Socket> callers = new ArrayList<>();
        try (Rig rig =
            Rig.of(
                Rig.bridge(List.of(relay.address()), relay.trust(), service.address(), 2),
                Rig.broker(List.of(relay.address()), relay.trust()))) {
          for (int i = 0; i < 2; i++) {
            Socket caller = rig.call();
            callers.add(caller);
            caller.getOutputStream().write(i);
          }
          LockSupport.parkNanos(random.nextInt(40_000_000));
          if (random.nextBoolean()) {
            rig.bridge.close();
          }
        }
        for (Socket caller : callers) {
          caller.close();
        }
      }
      relay.awaitOpenLinks(0);
      Patience.until(PATIENCE, "the service is left", () -> service.open() == 0);
    }
  }

  @Test
  void givesItsCallersUpWhenItIsClosed() throws Exception {
    Observed said = new Observed();
    try (TestRelay relay = TestRelay.start(true);
        Broker broker = Broker.start(Rig.broker(List.of(relay.address()), relay.trust()), said);
        Socket caller = new Socket(broker.address().getAddress(), broker.address().getPort())) {
      relay.awaitWaitingLinks(1);
      broker.close();
      assertThatThrownBy(() -> caller.getInputStream().read()).isInstanceOf(SocketException.class);
      relay.awaitOpenLinks(0);
      assertThat(said.problems()).isEmpty();
    }
  }
}
