package org.beaconrelay.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.beaconrelay.protocol.InfoHash;

/// A bridge CA and certificates of it, made by the openssl program as the files `NAME.pem` and
/// `NAME.key` of a directory.
record TestPki(Path directory) {
  private static final String NEW_KEY = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc";

  /// Makes the CA, `ca.pem`.
  static TestPki create(Path directory) throws IOException, InterruptedException {
    TestPki pki = new TestPki(directory);
    pki.request("ca", "-x509 -days 2 -out ca.pem");
    return pki;
  }

  /// Makes a certificate that the CA has issued.
  TestPki issue(String name) throws IOException, InterruptedException {
    request(name, "-out %s.csr".formatted(name));
    OpenSsl.run(
        directory,
        "x509 -req -in %1$s.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out %1$s.pem"
            .formatted(name));
    return this;
  }

  /// Where bridge and brokers of this CA meet.
  InfoHash infoHash() throws IOException, CertificateException {
    try (InputStream file = Files.newInputStream(directory.resolve("ca.pem"))) {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      return InfoHash.of((X509Certificate) factory.generateCertificate(file));
    }
  }

  private void request(String name, String rest) throws IOException, InterruptedException {
    OpenSsl.run(
        directory, "req %1$s -keyout %2$s.key -subj /CN=%2$s %3$s".formatted(NEW_KEY, name, rest));
  }
}
