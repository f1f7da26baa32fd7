package org.beaconrelay.endpoint.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What openssl makes of the certificates that are made here.
final class MadeCertificatesTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path directory;
  private Openssl openssl;

  @BeforeEach
  void setUp() {
    openssl = new Openssl(directory);
  }

  private void write(String name, KeyedCertificate made) throws IOException {
    Files.writeString(directory.resolve(name + ".pem"), made.certificatePem());
    Files.writeString(directory.resolve(name + ".key"), made.keyPem());
  }

  private List<String> textOf(String name) throws Exception {
    return openssl
        .line("x509 -in " + name + ".pem -noout -text -certopt no_sigdump,no_pubkey")
        .lines()
        .map(String::strip)
        .toList();
  }

  @Test
  void areWhatOpensslVerifiesForTheirPurpose() throws Exception {
    CertificateAuthority ca = CertificateAuthority.create("bridge CA", CLOCK);
    write("ca", ca.own());
    write("bridge", ca.issueBridge("bridge", DAY));
    write("broker", ca.issueBroker("broker", DAY));

    String verify = "verify -x509_strict -CAfile ca.pem -purpose ";
    assertThat(openssl.line(verify + "sslserver bridge.pem")).isEqualTo("bridge.pem: OK\n");
    assertThat(openssl.line(verify + "sslclient broker.pem")).isEqualTo("broker.pem: OK\n");
    assertThatThrownBy(() -> openssl.line(verify + "sslclient bridge.pem"))
        .hasMessageContaining("purpose");
    assertThatThrownBy(() -> openssl.line(verify + "sslserver broker.pem"))
        .hasMessageContaining("purpose");
    for (String name : List.of("ca", "bridge", "broker")) {
      assertThat(openssl.line("pkey -noout -check -in " + name + ".key")).contains("Key is valid");
      assertThat(openssl.line("pkey -pubout -in " + name + ".key"))
          .isEqualTo(openssl.line("x509 -noout -pubkey -in " + name + ".pem"));
    }
  }

  @Test
  void haveTheExtensionsOfTheirKind() throws Exception {
    CertificateAuthority ca = CertificateAuthority.create("bridge CA", CLOCK);
    write("ca", ca.own());
    write("bridge", ca.issueBridge("bridge", DAY));
    write("broker", ca.issueBroker("broker", DAY));

    assertThat(textOf("ca"))
        .contains("Issuer: CN = bridge CA", "Subject: CN = bridge CA")
        .containsSequence("X509v3 Basic Constraints: critical", "CA:TRUE, pathlen:0")
        .containsSequence("X509v3 Key Usage: critical", "Certificate Sign, CRL Sign")
        .contains("X509v3 Subject Key Identifier:");
    for (String name : List.of("bridge", "broker")) {
      assertThat(textOf(name))
          .contains("Issuer: CN = bridge CA", "Subject: CN = " + name)
          .containsSequence("X509v3 Basic Constraints: critical", "CA:FALSE")
          .containsSequence("X509v3 Key Usage: critical", "Digital Signature")
          .contains("X509v3 Subject Key Identifier:", "X509v3 Authority Key Identifier:");
    }
    assertThat(textOf("bridge"))
        .containsSequence("X509v3 Extended Key Usage:", "TLS Web Server Authentication");
    assertThat(textOf("broker"))
        .containsSequence("X509v3 Extended Key Usage:", "TLS Web Client Authentication");
  }

  @Test
  void areValidFromALittleBeforeUntilTheirIssuerEnds() throws PkiException {
    Instant now = Instant.parse("2030-01-02T03:04:05.678Z");
    CertificateAuthority ca = CertificateAuthority.create("CA", () -> now);
    Instant start = Instant.parse("2030-01-02T02:04:05Z");
    Instant end = Instant.parse("2039-12-31T03:04:05Z");

    assertValid(ca.own().certificate(), start, end);
    assertValid(
        ca.issueBridge("bridge", DAY).certificate(), start, Instant.parse("2030-01-03T03:04:05Z"));
    assertValid(ca.issueBroker("broker", Duration.ofDays(10_000)).certificate(), start, end);
  }

  private static void assertValid(X509Certificate certificate, Instant from, Instant to) {
    assertThat(certificate.getNotBefore().toInstant()).isEqualTo(from);
    assertThat(certificate.getNotAfter().toInstant()).isEqualTo(to);
  }

  @Test
  void haveSerialNumbersOfTheirOwn() throws PkiException {
    CertificateAuthority ca = CertificateAuthority.create("CA", CLOCK);
    assertThat(
            List.of(
                ca.own().certificate().getSerialNumber(),
                ca.issueBridge("a", DAY).certificate().getSerialNumber(),
                ca.issueBridge("a", DAY).certificate().getSerialNumber()))
        .doesNotHaveDuplicates()
        .allSatisfy(serial -> assertThat(serial.bitLength()).isBetween(65, 129))
        .allSatisfy(serial -> assertThat(serial.signum()).isPositive());
  }

  @Test
  void ofARelayAreForItsHosts() throws Exception {
    write(
        "relay",
        SelfSigned.make("relay", List.of("relay.example", "127.0.0.1", "2001:db8::1"), CLOCK));
    assertThat(textOf("relay"))
        .containsSequence(
            "X509v3 Subject Alternative Name:",
            "DNS:relay.example, IP Address:127.0.0.1, IP Address:2001:DB8:0:0:0:0:0:1");
    String verify = "verify -CAfile relay.pem -purpose sslserver ";
    openssl.line(verify + "-verify_hostname relay.example relay.pem");
    openssl.line(verify + "-verify_ip 2001:db8::1 relay.pem");
    assertThatThrownBy(() -> openssl.line(verify + "-verify_hostname other.example relay.pem"))
        .hasMessageContaining("hostname mismatch");
  }

  @Test
  void ofARelayNeedNoHost() throws Exception {
    write("relay", SelfSigned.make("relay", List.of(), CLOCK));
    assertThat(textOf("relay")).doesNotContain("X509v3 Subject Alternative Name:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*.example", "a b", "host:443", "[::1]", "-a", "a..b", "127.0.0.1/8"})
  void ofARelayAreForHostsOnly(String host) {
    assertThatThrownBy(() -> SelfSigned.make("relay", List.of(host), CLOCK))
        .isInstanceOf(PkiException.class)
        .hasMessage("not the name or address of a host");
  }

  @Test
  void haveNamesOfBearableLength() {
    for (String name : List.of("", " ", "x".repeat(65))) {
      assertThatThrownBy(() -> CertificateAuthority.create(name, CLOCK))
          .hasMessage("a certificate's name has 1 to 64 characters");
    }
  }
}
