package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.beaconrelay.endpoint.pki.CertificateFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The certificates are from openssl 3.0, and so are their hashes: `openssl x509 -fingerprint
/// -sha256`.
final class InfoHashCommandTest {
  private static final String CA_HASH =
      "80b41200207bee9548d77fd02f3bbef1bd55aef019d05b06723703539a344e85";
  private static final String BRIDGE_HASH =
      "acf105aedd148d1a822d90c9956a6cbca5903b55b07c0d693a92e9a5de46659c";

  @TempDir private Path folder;

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(InfoHashCommandTest.class.getResource(name), name).toURI());
  }

  private static void assertRefused(Outcome outcome, String problem) {
    assertThat(outcome.err()).isEqualTo("beacon: " + problem + "\n");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE);
  }

  private static Outcome ofStandardInput(byte[] in) {
    return Outcome.of(Map.of(), in, "info-hash", "-");
  }

  private static Outcome ofStandardInput(String in) {
    return ofStandardInput(in.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bridge-ca.pem", "bridge-ca.der", "bridge-ca-text.pem"})
  void printsWhatOpensslPrints(String name) throws URISyntaxException, IOException {
    assertThat(Outcome.of("info-hash", resource(name).toString()))
        .isEqualTo(new Outcome(ExitCode.OK, CA_HASH + "\n", ""));
    assertThat(ofStandardInput(Files.readAllBytes(resource(name))))
        .isEqualTo(new Outcome(ExitCode.OK, CA_HASH + "\n", ""));
  }

  @Test
  void warnsOfACertificateThatIsNoCa() throws URISyntaxException {
    Path bridge = resource("bridge.pem");
    Outcome outcome = Outcome.of("info-hash", bridge.toString());
    assertThat(outcome.out()).isEqualTo(BRIDGE_HASH + "\n");
    assertThat(outcome.err())
        .startsWith("beacon: warning: " + bridge + ": not a CA certificate")
        .hasLineCount(1);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void refusesSeveralCertificates() throws URISyntaxException, IOException {
    String ca = Files.readString(resource("bridge-ca.pem"));
    String bridge = Files.readString(resource("bridge.pem"));
    assertRefused(
        ofStandardInput(ca + bridge),
        "standard input: has 2 certificates: which one is the bridge CA? give a file with that one"
            + " only");
    byte[] der = Files.readAllBytes(resource("bridge-ca.der"));
    assertRefused(
        ofStandardInput(new String(der, StandardCharsets.ISO_8859_1).repeat(2)),
        "standard input: has more in it than one certificate");
  }

  @Test
  void refusesWhatIsNoCertificate() throws URISyntaxException, IOException {
    String ca = Files.readString(resource("bridge-ca.pem"));
    assertRefused(ofStandardInput(""), "standard input: is empty");
    assertRefused(
        ofStandardInput("hello\n"), "standard input: is not a certificate, neither PEM nor DER");
    assertRefused(
        ofStandardInput(ca.substring(0, 300)),
        "standard input: is PEM, but cut off or damaged: it has no line -----END CERTIFICATE-----");
    assertRefused(
        ofStandardInput(ca.replace("CERTIFICATE", "PRIVATE KEY")),
        "standard input: has no certificate, but PRIVATE KEY");
    assertRefused(
        ofStandardInput("0".repeat(CertificateFile.MAX_BYTES + 1)),
        "standard input: is too long for a certificate");
    assertThat(ofStandardInput("0 is the first byte of DER, but nothing else is").err())
        .startsWith("beacon: standard input: is not a certificate: ")
        .hasLineCount(1);
    assertThat(ofStandardInput(ca.replaceAll("(?m)^MII.*\n", "")).err())
        .startsWith("beacon: standard input: is not a certificate")
        .hasLineCount(1);
  }

  @Test
  void refusesFilesThatCannotBeRead() {
    Path missing = folder.resolve("missing.pem");
    assertRefused(Outcome.of("info-hash", missing.toString()), missing + ": no such file");
    assertRefused(Outcome.of("info-hash", folder.toString()), folder + ": Is a directory");
    assertThat(Outcome.of("info-hash", "a\0b").err())
        .startsWith("beacon: \"a\\u{0}b\": ")
        .hasLineCount(1);
  }
}
