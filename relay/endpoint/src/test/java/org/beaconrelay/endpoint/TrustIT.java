package org.beaconrelay.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.net.SocketException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.beaconrelay.endpoint.pki.KeyedCertificate;
import org.beaconrelay.endpoint.pki.SelfSigned;
import org.beaconrelay.protocol.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who is not trusted, and what is said about it.
@ExtendWith(LeakCheck.class)
final class TrustIT {
  private static Bridge.Settings withIdentity(Bridge.Settings settings, EndpointIdentity identity) {
    return new Bridge.Settings(
        settings.relays(),
        settings.trust(),
        identity,
        settings.service(),
        settings.pool(),
        settings.maxConnections());
  }

  private static Broker.Settings withIdentity(Broker.Settings settings, EndpointIdentity identity) {
    return new Broker.Settings(
        settings.relays(),
        settings.trust(),
        identity,
        settings.listen(),
        settings.waitTimeout(),
        settings.maxConnections());
  }

  private static void assertIsReset(Socket caller) throws Exception {
    caller.getOutputStream().write("the caller's secret".getBytes(US_ASCII));
    assertThatThrownBy(() -> caller.getInputStream().read()).isInstanceOf(SocketException.class);
  }

  @ParameterizedTest
  @EnumSource
  void bothEndsSayWhyABrokerIsNotTrusted(OddCertificates odd) throws Exception {
    KeyedCertificate certificate = odd.make(Rig.IDENTITIES.ca(), Role.BROKER);
    try (TestRelay relay = TestRelay.start(false);
        StandIn service = StandIn.start(StandIn::echo);
        Rig rig =
            Rig.of(
                Rig.bridge(List.of(relay.address()), relay.trust(), service.address(), 1),
                withIdentity(
                    Rig.broker(List.of(relay.address()), relay.trust()),
                    Rig.IDENTITIES.identity(certificate)));
        Socket caller = rig.call()) {
      assertIsReset(caller);
      rig.bridgeSaid.awaitProblem(
          "a broker was turned away: the other end's certificate " + odd.fault(Role.BROKER));
      rig.brokerSaid.awaitProblem("the other end refused this end's TLS, with the alert ");
      assertThat(service.accepted()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void bothEndsSayWhyABridgeIsNotTrusted(OddCertificates odd) throws Exception {
    KeyedCertificate certificate = odd.make(Rig.IDENTITIES.ca(), Role.BRIDGE);
    try (TestRelay relay = TestRelay.start(false);
        StandIn service = StandIn.start(StandIn::echo);
        Rig rig =
            Rig.of(
                withIdentity(
                    Rig.bridge(List.of(relay.address()), relay.trust(), service.address(), 1),
                    Rig.IDENTITIES.identity(certificate)),
                Rig.broker(List.of(relay.address()), relay.trust()));
        Socket caller = rig.call()) {
      assertIsReset(caller);
      rig.brokerSaid.awaitProblem(
          "a connection was refused: the other end's certificate " + odd.fault(Role.BRIDGE));
      rig.bridgeSaid.awaitProblem(
          "a broker was turned away: the other end refused this end's TLS, with the alert ");
      assertThat(service.accepted()).isZero();
    }
  }

  // ---- the relay

  private static void assertIsNotTaken(TestRelay relay, RelayTrust trust, String why)
      throws Exception {
    List<HostPort> relays = List.of(relay.address());
    try (relay;
        StandIn service = StandIn.start(StandIn::echo);
        Rig rig =
            Rig.of(
                Rig.bridge(relays, trust, service.address(), 1),
                WrongRelayIT.impatient(Rig.broker(relays, trust)));
        Socket caller = rig.call()) {
      assertIsReset(caller);
      assertThat(rig.brokerSaid.awaitProblem("a connection was refused: relay ")).contains(why);
      assertThat(rig.bridgeSaid.awaitProblem("relay ")).contains(why);
      assertThat(relay.pairs()).isZero();
    }
  }

  @Test
  void refusesARelayWithAnotherFingerprint() throws Exception {
    assertIsNotTaken(
        TestRelay.start(true),
        new RelayTrust.Pins(Set.of("0".repeat(64))),
        "the relay's certificate has the SHA-256 %s, and pinned is 0000"
            .formatted(RelayTrust.fingerprint(TestRelay.certificate().certificate())));
  }

  @Test
  void refusesARelayOfAnotherAuthority() throws Exception {
    String why = "PKIX path building failed";
    RelayTrust other = new RelayTrust.Authorities(Rig.IDENTITIES.ca().own().chain());
    assertIsNotTaken(TestRelay.start(true), other, why);
    assertIsNotTaken(TestRelay.start(true), new RelayTrust.SystemAuthorities(), why);
  }

  @Test
  void refusesARelayOfAnotherName() throws Exception {
    KeyedCertificate certificate =
        SelfSigned.make("127.0.0.1", List.of("relay.example", "127.0.0.2"), InstantSource.system());
    assertIsNotTaken(
        TestRelay.withCertificate(certificate),
        new RelayTrust.Authorities(certificate.chain()),
        "No subject alternative names matching IP address 127.0.0.1 found");
  }
}
