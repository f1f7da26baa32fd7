package org.beaconrelay.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import org.beaconrelay.endpoint.LyingRelay.Mask;
import org.beaconrelay.endpoint.pki.KeyedCertificate;
import org.beaconrelay.testing.Patience;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A relay that tries to stand in the middle fails both handshakes (TRUST-MODEL.md, rule 9).
@ExtendWith(LeakCheck.class)
final class LyingRelayIT {
  private static final String SECRET = "the caller's secret";
  private static final RelayTrust PLAIN = new RelayTrust.Plain();

  private static Mask honest(KeyedCertificate certificate) {
    return new Mask(certificate.key(), certificate.chain());
  }

  private static Mask withoutTheKey(KeyedCertificate genuine) {
    return new Mask(Identities.make().bridge().key(), genuine.chain());
  }

  /// @param brokerSays what the broker finds, which looks at its counterpart first
  /// @param bridgeSays what the bridge finds
  private static void assertFails(
      LyingRelay relay, EndpointIdentity bridge, String brokerSays, String bridgeSays)
      throws Exception {
    List<HostPort> relays = List.of(relay.address());
    try (relay;
        StandIn service = StandIn.start(StandIn::echo);
        Rig rig =
            Rig.of(
                new Bridge.Settings(relays, PLAIN, bridge, service.address(), 1, 10),
                Rig.broker(relays, PLAIN));
        Socket caller = rig.call()) {
      caller.getOutputStream().write(SECRET.getBytes(US_ASCII));
      rig.brokerSaid.awaitProblem("a connection was refused: " + brokerSays);
      rig.bridgeSaid.awaitProblem("a broker was turned away: " + bridgeSays);
      assertThatThrownBy(() -> caller.getInputStream().read()).isInstanceOf(SocketException.class);
      assertThat(service.accepted()).isZero();
      assertThat(relay.seen()).doesNotContain(SECRET);
    }
  }

  /// What would be seen if it succeeded.
  @Test
  void seesTheSecretOfWhoeverTrustsIt() throws Exception {
    Identities genuine = Rig.IDENTITIES;
    try (LyingRelay relay =
            LyingRelay.inTheMiddle(honest(genuine.bridge()), honest(genuine.broker()));
        StandIn service = StandIn.start(StandIn::echo);
        Rig rig =
            Rig.of(
                Rig.bridge(List.of(relay.address()), PLAIN, service.address(), 1),
                Rig.broker(List.of(relay.address()), PLAIN));
        Socket caller = rig.call()) {
      caller.getOutputStream().write(SECRET.getBytes(US_ASCII));
      caller.shutdownOutput();
      Patience.until(Rig.WAIT, "the relay has read it", () -> relay.seen().contains(SECRET));
    }
  }

  @Test
  void failsWithCertificatesOfTheSameNames() throws Exception {
    Identities forged = Identities.make();
    assertThat(forged.bridge().certificate().getIssuerX500Principal())
        .isEqualTo(Rig.IDENTITIES.bridge().certificate().getIssuerX500Principal());
    assertFails(
        LyingRelay.inTheMiddle(honest(forged.bridge()), honest(forged.broker())),
        Rig.IDENTITIES.bridgeIdentity(),
        "the other end's certificate is not issued by this bridge CA itself",
        "the other end's certificate is not issued by this bridge CA itself");
  }

  @Test
  void failsWithGenuineCertificatesWhoseKeysItDoesNotHave() throws Exception {
    assertFails(
        LyingRelay.inTheMiddle(
            withoutTheKey(Rig.IDENTITIES.bridge()), withoutTheKey(Rig.IDENTITIES.broker())),
        Rig.IDENTITIES.bridgeIdentity(),
        "TLS failed: ",
        "TLS failed: ");
  }

  @Test
  void failsWithCertificatesOfTheOtherRole() throws Exception {
    assertFails(
        LyingRelay.inTheMiddle(honest(Rig.IDENTITIES.broker()), honest(Rig.IDENTITIES.bridge())),
        Rig.IDENTITIES.bridgeIdentity(),
        "the other end's certificate is a broker's (clientAuth), not a bridge's (serverAuth)",
        "the other end's certificate is a bridge's (serverAuth), not a broker's (clientAuth)");
  }

  @Test
  void failsToPairABrokerWithTheBridgeOfAnotherCa() throws Exception {
    assertFails(
        LyingRelay.mixingUp(),
        Identities.make().bridgeIdentity(),
        "the other end's certificate is not issued by this bridge CA itself",
        "the other end refused this end's TLS, with the alert ");
  }
}
