package org.beaconrelay.endpoint.pki;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// A PEM file with the certificate of a listener or endpoint, and behind it those of the
/// authorities in between, each issued by the next. Keys in the same file are not looked at.
public final class CertificateChainFile {
  private static final int MAX_CERTIFICATES = 10;

  private CertificateChainFile() {}

  /// Reads the chain.
  ///
  /// @return the certificate itself first
  /// @throws PkiException if the file cannot be read, or has no such chain
  public static List<X509Certificate> read(Path file) throws PkiException {
    return parse(FileBytes.read(file, CertificateFile.MAX_BYTES));
  }

  /// Reads the chain.
  ///
  /// @return the certificate itself first
  /// @throws PkiException if it is none
  public static List<X509Certificate> parse(byte[] file) throws PkiException {
    FileBytes.checkLength(file, CertificateFile.MAX_BYTES, "certificates");
    List<PemBlock> blocks = PemBlock.all(file);
    if (blocks.isEmpty()) {
      throw new PkiException(
          "is not PEM: there is no -----BEGIN CERTIFICATE----- in it; if it is DER:"
              + " openssl x509 -inform DER -in OLD -out NEW");
    }
    List<PemBlock> certificates = CertificateFile.certificatesOf(blocks);
    if (certificates.size() > MAX_CERTIFICATES) {
      throw new PkiException(
          "has %d certificates, and a chain has %d at most: is it a bundle of CAs? give the"
                  .formatted(certificates.size(), MAX_CERTIFICATES)
              + " certificate itself and those between it and its root");
    }
    List<X509Certificate> chain = new ArrayList<>();
    for (PemBlock certificate : certificates) {
      chain.add(CertificateFile.parseDer(certificate.der()));
    }
    checkOnceEach(chain);
    checkOrder(chain);
    return List.copyOf(chain);
  }

  /// A certificate that has issued itself is in order behind itself.
  private static void checkOnceEach(List<X509Certificate> chain) throws PkiException {
    for (int i = 0; i < chain.size(); i++) {
      int first = chain.indexOf(chain.get(i));
      if (first < i) {
        throw new PkiException(
            "has a certificate twice: number %d is number %d again; take it out"
                .formatted(i + 1, first + 1));
      }
    }
  }

  private static void checkOrder(List<X509Certificate> chain) throws PkiException {
    for (int i = 0; i + 1 < chain.size(); i++) {
      if (!isIssuedBy(chain.get(i), chain.get(i + 1))) {
        throw new PkiException(
            "has certificates out of order: number %d is not issued by number %d; the certificate"
                    .formatted(i + 1, i + 2)
                + " itself comes first, then its issuer, then that one's issuer");
      }
    }
  }

  private static boolean isIssuedBy(X509Certificate certificate, X509Certificate issuer) {
    if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
      return false;
    }
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false; // a namesake's key
    }
  }
}
