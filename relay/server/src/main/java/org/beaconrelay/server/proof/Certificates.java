package org.beaconrelay.server.proof;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/// The JDK's reader of certificates, held to what a proof may have.
final class Certificates {
  private Certificates() {}

  /// Reads exactly one certificate in DER, whose every byte has a meaning.
  ///
  /// @throws GeneralSecurityException if it is none, in another form, or has bytes behind it
  static X509Certificate parse(byte[] der) throws GeneralSecurityException {
    X509Certificate certificate =
        (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(der));
    if (!Arrays.equals(certificate.getEncoded(), der)) {
      throw new CertificateException("not one certificate in DER and nothing else");
    }
    // A signature is whole bytes: before them stands how many bits are not used, which the JDK
    // takes leniently (X.690, section 8.6.2).
    if (der[der.length - certificate.getSignature().length - 1] != 0) {
      throw new CertificateException("a signature that is no whole number of bytes");
    }
    return certificate;
  }

  /// Has the JDK forget what it has read: it would keep the last 750 certificates, and the relay
  /// keeps nothing of a proof. See docs/decisions/0010.
  static void forget() {
    try {
      factory().generateCertificate(null);
    } catch (CertificateException _) {
      // It says that this is no certificate, and has emptied its cache.
    }
  }

  private static CertificateFactory factory() throws CertificateException {
    return CertificateFactory.getInstance("X.509");
  }
}
