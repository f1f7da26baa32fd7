package org.beaconrelay.app;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
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
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      char[] password = new char[0];
      store.setKeyEntry(
          "relay",
          certificate.key(),
          password,
          certificate.chain().toArray(X509Certificate[]::new));
      // SunX509 and not PKIX: it decrypts the key once and not, when memory is short, over and
      // over.
      KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys.getKeyManagers(), null, null);
      return new InUse(certificate, context, RelayTrust.fingerprint(certificate.certificate()));
    } catch (GeneralSecurityException | IOException e) {
      throw new BadValueException("cannot be used for TLS: " + e.getMessage());
    }
  }
}
