package org.beaconrelay.endpoint;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.beaconrelay.endpoint.pki.Validity;
import org.beaconrelay.protocol.Role;
import org.jspecify.annotations.Nullable;

/// Which certificate makes a bridge or a broker: one that the bridge CA itself has issued for the
/// role, and that is valid. There are no authorities in between: whoever a bridge CA trusts to
/// issue would stand beside it without being named by the info_hash.
///
/// The role is what the certificate may be used for, by its extended key usage (RFC 5280, section
/// 4.2.1.12): serverAuth makes a bridge, clientAuth a broker.
final class CertificateRule {
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  private CertificateRule() {}

  /// @param role what the certificate has to make its owner
  /// @return what is wrong with the certificate, as what follows its name; null if nothing is
  static @Nullable String fault(
      X509Certificate certificate, X509Certificate bridgeCa, Role role, Instant now) {
    String fault = issuerFault(certificate, bridgeCa);
    fault = fault == null ? Validity.fault(certificate, now) : fault;
    fault = fault == null ? usageFault(certificate, role) : fault;
    return fault == null ? pathFault(certificate, bridgeCa, now) : fault;
  }

  private static @Nullable String issuerFault(
      X509Certificate certificate, X509Certificate bridgeCa) {
    try {
      certificate.verify(bridgeCa.getPublicKey());
      return null;
    } catch (GeneralSecurityException e) {
      return "is not issued by this bridge CA itself: it is somebody else's, or that of another CA";
    }
  }

  private static @Nullable String usageFault(X509Certificate certificate, Role role) {
    boolean[] keyUsage = certificate.getKeyUsage();
    if (keyUsage != null && !keyUsage[0]) {
      return "may not be used to sign (its key usage lacks digitalSignature)";
    }
    List<String> usages;
    try {
      List<String> known = certificate.getExtendedKeyUsage();
      usages = known == null ? List.of() : known;
    } catch (CertificateParsingException e) {
      return "has an extended key usage that cannot be read";
    }
    boolean bridge = usages.contains(SERVER_AUTH);
    boolean broker = usages.contains(CLIENT_AUTH);
    if (role == Role.BRIDGE ? bridge : broker) {
      return null;
    }
    String found =
        bridge || broker
            ? nameOf(role.counterpart())
            : "for neither bridges nor brokers (its extended key usage)";
    return "is %s, not %s".formatted(found, nameOf(role));
  }

  private static String nameOf(Role role) {
    return role == Role.BRIDGE ? "a bridge's (serverAuth)" : "a broker's (clientAuth)";
  }

  /// What is left: names, critical extensions, weak algorithms (RFC 5280, section 6).
  private static @Nullable String pathFault(
      X509Certificate certificate, X509Certificate bridgeCa, Instant now) {
    try {
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(bridgeCa, null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)),
              parameters);
      return null;
    } catch (GeneralSecurityException e) {
      return "does not hold: " + e.getMessage();
    }
  }
}
