package org.beaconrelay.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.endpoint.RelayTrust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The outer TLS of the packaged relay, as the openssl program sees it.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class RelayTlsIT {
  @TempDir private Path folder;

  private String shakeHands(RelayJar relay, String options)
      throws IOException, InterruptedException {
    return OpenSsl.attempt(
        folder,
        "s_client -connect 127.0.0.1:%d -showcerts %s"
            .formatted(relay.address().getPort(), options));
  }

  /// The SHA-256 of the certificate that a handshake gets.
  private String served(RelayJar relay) throws Exception {
    String said = shakeHands(relay, "-tls1_3 -alpn brp/1");
    int start = said.indexOf("-----BEGIN CERTIFICATE-----");
    assertThat(start).as(said).isNotNegative();
    byte[] pem = said.substring(start, said.indexOf("-----END", start) + 25).getBytes(US_ASCII);
    return RelayTrust.fingerprint(
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem)));
  }

  /// Makes a key and a self-signed certificate in a folder of their own.
  private Path make(String name, String makeKey) throws IOException, InterruptedException {
    Path directory = Files.createDirectory(folder.resolve(name));
    OpenSsl.run(directory, makeKey + " -out tls.key");
    OpenSsl.run(
        directory, "req -x509 -key tls.key -subj /CN=%s -days 2 -out tls.crt".formatted(name));
    return directory;
  }

  private Path make(String name) throws IOException, InterruptedException {
    return make(name, "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256");
  }

  private static String fingerprint(Path directory) throws IOException, InterruptedException {
    return OpenSsl.fingerprint(directory, "tls.crt");
  }

  private RelayJar ready(Path directory) throws IOException {
    return RelayJar.readyWithTls(
        folder,
        "--tls-cert",
        directory.resolve("tls.crt").toString(),
        "--tls-key",
        directory.resolve("tls.key").toString());
  }

  private static void copy(Path from, Path to, String name) throws IOException {
    Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void speaksNothingButBrpInTls13() throws Exception {
    try (RelayJar relay = RelayJar.readyWithTls(folder)) {
      assertThat(relay.readyLine()).matches(".* tls=self-signed sha256=[0-9a-f]{64}");
      assertThat(relay.readyLine()).endsWith(" sha256=" + served(relay));
      assertThat(shakeHands(relay, "-tls1_3 -alpn brp/1"))
          .contains("ALPN protocol: brp/1", "New, TLSv1.3, ");
      assertThat(shakeHands(relay, "-tls1_3")).contains("No ALPN negotiated", "New, TLSv1.3, ");
      assertThat(shakeHands(relay, "-tls1_3 -alpn h2")).contains("SSL alert number 120");
      assertThat(shakeHands(relay, "-tls1_2")).contains("SSL alert number 70");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384",
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048",
        "genpkey -algorithm ED25519"
      })
  void servesCertificatesOfEveryKind(String makeKey) throws Exception {
    Path directory = make("relay", makeKey);
    try (RelayJar relay = ready(directory)) {
      assertThat(relay.readyLine())
          .endsWith(" tls=certificate sha256=" + fingerprint(directory))
          .endsWith(served(relay));
    }
  }

  @Test
  void servesTheWholeChain() throws Exception {
    TestPki.create(folder).issue("tls");
    Files.writeString(
        folder.resolve("tls.crt"),
        Files.readString(folder.resolve("tls.pem")) + Files.readString(folder.resolve("ca.pem")));
    try (RelayJar relay = ready(folder)) {
      assertThat(shakeHands(relay, "-tls1_3 -CAfile ca.pem -verify_return_error"))
          .contains("Verify return code: 0 (ok)")
          .containsSubsequence("-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE-----");
    }
  }

  @Test
  void takesUpFilesThatWereCopiedOver() throws Exception {
    Path directory = make("relay");
    Path renewed = make("renewed");
    try (RelayJar relay = ready(directory)) {
      copy(renewed, directory, "tls.crt");
      relay.awaitErr("tls: the old certificate stays in use: " + directory.resolve("tls.key"));
      assertThat(served(relay)).isNotEqualTo(fingerprint(renewed));

      copy(renewed, directory, "tls.key");
      relay.awaitErr("tls: the certificate has changed: sha256=" + fingerprint(renewed) + "\n");
      assertThat(served(relay)).isEqualTo(fingerprint(renewed));

      relay.terminate();
      Outcome outcome = relay.awaitEnd();
      assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(outcome.err().lines()).as("each is told once").hasSize(2);
    }
  }

  /// As Kubernetes replaces a mounted Secret.
  @Test
  void takesUpFilesBehindASymbolicLink() throws Exception {
    make("first");
    Path second = make("second");
    Path mount = Files.createDirectory(folder.resolve("mount"));
    Path data = mount.resolve("..data");
    Files.createSymbolicLink(data, Path.of("../first"));
    Files.createSymbolicLink(mount.resolve("tls.crt"), Path.of("..data/tls.crt"));
    Files.createSymbolicLink(mount.resolve("tls.key"), Path.of("..data/tls.key"));
    try (RelayJar relay = ready(mount)) {
      Path swapped = Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("../second"));
      Files.move(
          swapped, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      relay.awaitErr("tls: the certificate has changed: sha256=" + fingerprint(second) + "\n");
      assertThat(served(relay)).isEqualTo(fingerprint(second));
    }
  }

  @Test
  void doesNotListenWithWhatItCannotUse() throws Exception {
    Path directory = make("relay");
    copy(make("other"), directory, "tls.key");
    try (RelayJar relay =
        RelayJar.startWithTls(
            folder,
            "--listen",
            "here",
            "--tls-cert",
            directory.resolve("tls.crt").toString(),
            "--tls-key",
            directory.resolve("tls.key").toString())) {
      Outcome outcome = relay.awaitEnd();
      assertThat(outcome.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.err().lines())
          .hasSize(2)
          .anyMatch(line -> line.startsWith("beacon: flag --listen \"here\": "))
          .anyMatch(line -> line.startsWith("beacon: flag --tls-key "));
    }
  }
}
