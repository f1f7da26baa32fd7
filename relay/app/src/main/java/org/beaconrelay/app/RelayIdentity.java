package org.beaconrelay.app;

import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.beaconrelay.endpoint.RelayTrust;
import org.beaconrelay.endpoint.pki.KeyedCertificate;
import org.beaconrelay.server.TlsIdentity;

/// The relay's certificate that is in use, which may be replaced while links come in.
///
/// **Thread:** any.
final class RelayIdentity implements TlsIdentity {
  private record InUse(KeyedCertificate certificate, SSLContext context, String sha256) {}

  private volatile InUse inUse;

  /// @throws BadValueException if TLS cannot use the certificate
  RelayIdentity(KeyedCertificate certificate) throws BadValueException {
    this.inUse = use(certificate);
  }

  @Override
  public SSLContext current() {
    return inUse.context();
  }

  /// What endpoints pin: the SHA-256 of the certificate, 64 hex digits.
  String sha256() {
    return inUse.sha256();
  }

  /// Makes a certificate the one in use.
  ///
  /// @return whether it is another one than before
  /// @throws BadValueException if TLS cannot use it; the old one stays
  boolean replace(KeyedCertificate certificate) throws BadValueException {
    if (certificate.chain().equals(inUse.certificate().chain())) {
      return false;
    }
    inUse = use(certificate);
    return true;
  }

  private static InUse use(KeyedCertificate certificate) throws BadValueException {
    try {
      return new InUse(
          certificate,
          certificate.serverContext(),
          RelayTrust.fingerprint(certificate.certificate()));
    } catch (GeneralSecurityException e) {
      throw new BadValueException("cannot be used for TLS: " + e.getMessage());
    }
  }
}
