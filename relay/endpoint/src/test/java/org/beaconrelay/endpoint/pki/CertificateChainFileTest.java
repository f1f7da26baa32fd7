package org.beaconrelay.endpoint.pki;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificateChainFileTest {
  private static final Duration DAY = Duration.ofDays(1);

  private KeyedCertificate ca;
  private KeyedCertificate bridge;

  @BeforeEach
  void setUp() throws PkiException {
    CertificateAuthority authority = CertificateAuthority.create("CA", InstantSource.system());
    ca = authority.own();
    bridge = authority.issueBridge("bridge", DAY);
  }

  private static List<X509Certificate> parse(String file) throws PkiException {
    return CertificateChainFile.parse(file.getBytes(ISO_8859_1));
  }

  private static String problemOf(String file) {
    return catchThrowableOfType(PkiException.class, () -> parse(file)).problem();
  }

  @Test
  void readsALeafAndItsIssuers() throws PkiException {
    assertThat(parse(bridge.certificatePem())).containsExactly(bridge.certificate());
    assertThat(parse(bridge.certificatePem() + "\ntext between\n" + ca.certificatePem()))
        .containsExactly(bridge.certificate(), ca.certificate());
  }

  @Test
  void readsThreeThatOpensslHasMade(@TempDir Path directory) throws Exception {
    Openssl openssl = new Openssl(directory);
    String newKey = "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc ";
    openssl.line(newKey + "-x509 -subj /CN=root -keyout root.key -out root.pem");
    openssl.line(newKey + "-subj /CN=middle -keyout middle.key -out middle.csr");
    openssl.line("x509 -req -in middle.csr -CA root.pem -CAkey root.key -out middle.pem");
    openssl.line(newKey + "-subj /CN=leaf -keyout leaf.key -out leaf.csr");
    openssl.line("x509 -req -in leaf.csr -CA middle.pem -CAkey middle.key -out leaf.pem");
    String leaf = Files.readString(directory.resolve("leaf.pem"));
    String middle = Files.readString(directory.resolve("middle.pem"));
    String root = Files.readString(directory.resolve("root.pem"));

    assertThat(parse(leaf + middle + root))
        .extracting(certificate -> certificate.getSubjectX500Principal().getName())
        .containsExactly("CN=leaf", "CN=middle", "CN=root");
    assertThat(problemOf(leaf + root + middle))
        .isEqualTo(
            "has certificates out of order: number 1 is not issued by number 2; the certificate"
                + " itself comes first, then its issuer, then that one's issuer");
  }

  @Test
  void refusesANamesakeOfTheIssuer() throws PkiException {
    KeyedCertificate namesake = CertificateAuthority.create("CA", InstantSource.system()).own();
    assertThat(problemOf(bridge.certificatePem() + namesake.certificatePem()))
        .startsWith("has certificates out of order: number 1 is not issued by number 2");
  }

  @Test
  void refusesACertificateThatIsThereAlready() {
    String leaf = bridge.certificatePem();
    String issuer = ca.certificatePem();
    assertThat(problemOf(leaf + issuer + issuer))
        .isEqualTo("has a certificate twice: number 3 is number 2 again; take it out");
    assertThat(problemOf(leaf + issuer + leaf)).contains("number 3 is number 1 again");
  }

  @Test
  void refusesWhatIsNoChain() {
    assertThat(problemOf("")).isEqualTo("is empty");
    assertThat(problemOf("hello")).startsWith("is not PEM: ").contains("openssl x509 -inform DER");
    assertThat(problemOf(bridge.keyPem())).isEqualTo("has no certificate, but PRIVATE KEY");
    assertThat(problemOf(ca.certificatePem().repeat(11)))
        .startsWith("has 11 certificates, and a chain has 10 at most: is it a bundle of CAs?");
    assertThat(problemOf(bridge.certificatePem() + ca.certificatePem().substring(0, 300)))
        .isEqualTo("is PEM, but cut off or damaged: it has no line -----END CERTIFICATE-----");
    assertThat(problemOf("x".repeat((1 << 20) + 1))).isEqualTo("is too long for certificates");
  }
}
