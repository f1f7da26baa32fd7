package org.beaconrelay.endpoint.pki;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// See `InfoHashCommandTest` for what it says of other files.
final class CertificateFileTest {
  @Test
  void readsPemAndDer(@TempDir Path directory) throws Exception {
    KeyedCertificate ca = CertificateAuthority.create("CA", InstantSource.system()).own();
    Path file = directory.resolve("ca.pem");
    Files.writeString(file, ca.certificatePem());
    X509Certificate certificate = ca.certificate();

    assertThat(CertificateFile.read(file)).isEqualTo(certificate);
    assertThat(CertificateFile.parse(certificate.getEncoded())).isEqualTo(certificate);
    assertThatThrownBy(
            () -> CertificateFile.parse(ca.certificatePem().repeat(2).getBytes(US_ASCII)))
        .isInstanceOf(PkiException.class)
        .hasMessageStartingWith("has 2 certificates");
  }
}
