package org.beaconrelay.endpoint.pki;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/// A file with one certificate in it, PEM or DER.
public final class CertificateFile {
  /// What a caller has to read at least, to find that a file is too long.
  public static final int MAX_BYTES = 1 << 20;

  private static final int DER_SEQUENCE = 0x30;

  private CertificateFile() {}

  /// Reads the certificate.
  ///
  /// @throws PkiException if the file cannot be read, or is not exactly one certificate
  public static X509Certificate read(Path file) throws PkiException {
    return parse(FileBytes.read(file, MAX_BYTES));
  }

  /// Reads the certificate.
  ///
  /// @throws PkiException if it is not exactly one
  public static X509Certificate parse(byte[] file) throws PkiException {
    FileBytes.checkLength(file, MAX_BYTES, "a certificate");
    List<PemBlock> blocks = PemBlock.all(file);
    return parseDer(blocks.isEmpty() ? file : theOnly(blocks).der());
  }

  private static PemBlock theOnly(List<PemBlock> blocks) throws PkiException {
    List<PemBlock> certificates = certificatesOf(blocks);
    if (certificates.size() > 1) {
      throw new PkiException(
          "has %d certificates: which one is the bridge CA? give a file with that one only"
              .formatted(certificates.size()));
    }
    return certificates.getFirst();
  }

  /// @return at least one
  static List<PemBlock> certificatesOf(List<PemBlock> blocks) throws PkiException {
    List<PemBlock> certificates =
        blocks.stream().filter(block -> block.label().equals(PemBlock.CERTIFICATE)).toList();
    if (certificates.isEmpty()) {
      throw new PkiException("has no certificate, but " + PemBlock.labels(blocks));
    }
    return certificates;
  }

  static X509Certificate parseDer(byte[] der) throws PkiException {
    if (der.length == 0 || der[0] != DER_SEQUENCE) {
      throw new PkiException("is not a certificate, neither PEM nor DER");
    }
    ByteArrayInputStream in = new ByteArrayInputStream(der);
    X509Certificate certificate;
    try {
      certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (CertificateException e) {
      throw new PkiException("is not a certificate: " + e.getMessage());
    }
    if (in.available() > 0) {
      throw new PkiException("has more in it than one certificate");
    }
    return certificate;
  }
}
