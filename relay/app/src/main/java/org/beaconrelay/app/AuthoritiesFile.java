package org.beaconrelay.app;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/// A file with the certificates of authorities, in any order: PEM, or one as DER.
final class AuthoritiesFile {
  private static final int MAX_BYTES = 4 << 20;

  private AuthoritiesFile() {}

  static List<X509Certificate> read(Path file) throws BadValueException {
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new BadValueException(IoProblems.text(e));
    }
    if (content.length > MAX_BYTES) {
      throw new BadValueException("is too long for certificates");
    }
    List<X509Certificate> authorities;
    try {
      authorities =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(content))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
    } catch (CertificateException e) {
      throw new BadValueException(
          "is no file of certificates: " + Quoted.plain(String.valueOf(e.getMessage())));
    }
    if (authorities.isEmpty()) {
      throw new BadValueException("has no certificate in it");
    }
    return authorities;
  }
}
