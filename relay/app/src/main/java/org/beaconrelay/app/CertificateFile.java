package org.beaconrelay.app;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file with one certificate in it, PEM or DER.
final class CertificateFile {
  static final int MAX_BYTES = 1 << 20;

  private static final int DER_SEQUENCE = 0x30;
  private static final Pattern PEM_BLOCK =
      Pattern.compile("-----BEGIN ([^-]+)-----([^-]*)-----END \\1-----");

  private CertificateFile() {}

  /// Reads the certificate.
  ///
  /// @throws BadValueException if it is not exactly one
  static X509Certificate parse(byte[] file) throws BadValueException {
    if (file.length == 0) {
      throw new BadValueException("is empty");
    }
    if (file.length > MAX_BYTES) {
      throw new BadValueException("is too long for a certificate");
    }
    String text = new String(file, StandardCharsets.ISO_8859_1);
    return parseDer(text.contains("-----BEGIN ") ? derOf(text) : file);
  }

  private static byte[] derOf(String pem) throws BadValueException {
    List<String> certificates = new ArrayList<>();
    List<String> others = new ArrayList<>();
    Matcher matcher = PEM_BLOCK.matcher(pem);
    while (matcher.find()) {
      if (matcher.group(1).equals("CERTIFICATE")) {
        certificates.add(matcher.group(2));
      } else {
        others.add(matcher.group(1));
      }
    }
    if (certificates.size() > 1) {
      throw new BadValueException(
          "has %d certificates: which one is the bridge CA? give a file with that one only"
              .formatted(certificates.size()));
    }
    if (certificates.isEmpty()) {
      throw new BadValueException(
          others.isEmpty()
              ? "is PEM, but its certificate is cut off or damaged"
              : "has no certificate, but " + String.join(", ", others));
    }
    try {
      return Base64.getMimeDecoder().decode(certificates.getFirst());
    } catch (IllegalArgumentException e) {
      throw new BadValueException("is PEM, but no Base64: " + e.getMessage());
    }
  }

  private static X509Certificate parseDer(byte[] der) throws BadValueException {
    if (der.length == 0 || der[0] != DER_SEQUENCE) {
      throw new BadValueException("is not a certificate, neither PEM nor DER");
    }
    ByteArrayInputStream in = new ByteArrayInputStream(der);
    X509Certificate certificate;
    try {
      certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (CertificateException e) {
      throw new BadValueException("is not a certificate: " + e.getMessage());
    }
    if (in.available() > 0) {
      throw new BadValueException("has more in it than one certificate");
    }
    return certificate;
  }
}
