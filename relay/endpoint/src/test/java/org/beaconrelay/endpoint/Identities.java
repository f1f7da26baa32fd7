package org.beaconrelay.endpoint;

import java.time.Duration;
import java.time.InstantSource;
import org.beaconrelay.endpoint.pki.CertificateAuthority;
import org.beaconrelay.endpoint.pki.KeyedCertificate;
import org.beaconrelay.endpoint.pki.PkiException;

/// A bridge CA with a bridge and a broker.
record Identities(CertificateAuthority ca, KeyedCertificate bridge, KeyedCertificate broker) {
  static final String CA_NAME = "bridge CA";
  static final Duration DAY = Duration.ofDays(1);

  static Identities make() {
    try {
      CertificateAuthority ca = CertificateAuthority.create(CA_NAME, InstantSource.system());
      return new Identities(ca, ca.issueBridge("bridge", DAY), ca.issueBroker("broker", DAY));
    } catch (PkiException e) {
      throw new AssertionError(e);
    }
  }

  EndpointIdentity bridgeIdentity() {
    return identity(bridge);
  }

  EndpointIdentity brokerIdentity() {
    return identity(broker);
  }

  /// Somebody who trusts this CA and has any certificate.
  EndpointIdentity identity(KeyedCertificate own) {
    return new EndpointIdentity(ca.own().certificate(), own.chain(), own.key());
  }
}
