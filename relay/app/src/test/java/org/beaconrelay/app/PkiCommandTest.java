package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.beaconrelay.endpoint.pki.CertificateChainFile;
import org.beaconrelay.endpoint.pki.CertificateFile;
import org.beaconrelay.endpoint.pki.KeyedCertificate;
import org.beaconrelay.endpoint.pki.PrivateKeyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PkiCommandTest {
  private static final List<String> FILES =
      List.of(
          "bridge-ca.key", "bridge-ca.pem", "bridge.key", "bridge.pem", "broker.key", "broker.pem");

  @TempDir private Path directory;

  private Outcome pki(String... more) {
    return Outcome.of(
        Stream.concat(Stream.of("pki", "--out", directory.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void assertRefused(Outcome outcome, String problem) {
    assertThat(outcome)
        .isEqualTo(
            new Outcome(ExitCode.FAILURE, "", "beacon: %s: %s\n".formatted(directory, problem)));
  }

  @Test
  void makesWhatBridgeAndBrokerNeed() throws Exception {
    Outcome outcome = pki();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(files()).isEqualTo(FILES);
    X509Certificate ca = CertificateFile.read(directory.resolve("bridge-ca.pem"));
    for (String name : List.of("bridge", "broker")) {
      KeyedCertificate made =
          KeyedCertificate.of(
              PrivateKeyFile.read(directory.resolve(name + ".key")),
              CertificateChainFile.read(directory.resolve(name + ".pem")));
      PKIXParameters trust = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
      trust.setRevocationEnabled(false);
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(made.chain()), trust);
    }
    assertThat(
            KeyedCertificate.of(
                PrivateKeyFile.read(directory.resolve("bridge-ca.key")), List.of(ca)))
        .isNotNull();
  }

  @Test
  void saysWhatItHasMade() {
    String out = pki().out();
    String infoHash =
        Outcome.of("info-hash", directory.resolve("bridge-ca.pem").toString()).out().strip();
    assertThat(out)
        .contains("info_hash      " + infoHash + "\n")
        .contains("beacon relay", "beacon bridge", "beacon broker");
    for (String file : FILES) {
      assertThat(out).containsPattern("(?m)^" + file + "  ");
    }
    assertThat(out.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(90));
  }

  @Test
  void letsNobodyElseReadAKey() throws IOException {
    pki();
    for (String file : FILES) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file))))
          .matches(file.endsWith(".key") ? "rw-------" : "rw-r.-.--");
    }
  }

  @Test
  void makesCertificatesForSoManyDays() throws Exception {
    pki("--days", "7");
    X509Certificate bridge = CertificateFile.read(directory.resolve("bridge.pem"));
    assertThat(
            Duration.between(bridge.getNotBefore().toInstant(), bridge.getNotAfter().toInstant()))
        .isEqualTo(Duration.ofDays(7).plusHours(1));
  }

  @Test
  void overwritesNothing() throws IOException {
    Files.writeString(directory.resolve("broker.key"), "precious");
    Files.createSymbolicLink(directory.resolve("bridge.pem"), Path.of("nowhere"));
    assertRefused(
        pki(),
        "has bridge.pem, broker.key already, and nothing is overwritten; take another directory"
            + " with --out");
    assertThat(files()).containsExactly("bridge.pem", "broker.key");
    assertThat(directory.resolve("broker.key")).hasContent("precious");
  }

  @Test
  void needsADirectory() throws IOException {
    Path missing = directory.resolve("missing");
    assertThat(Outcome.of("pki", "--out", missing.toString()).err())
        .isEqualTo(
            "beacon: %s: no such directory; make one that only you can read: mkdir -m 700 %1$s\n"
                .formatted(missing));
    Path file = Files.createFile(directory.resolve("file"));
    assertThat(Outcome.of("pki", "--out", file.toString()).err())
        .startsWith("beacon: %s: no such directory".formatted(file));
    assertThat(Outcome.of("pki", "--out", "a\0b").err())
        .isEqualTo("beacon: flag --out \"a\\u{0}b\": is no file name\n");
    assertThat(files()).containsExactly("file");
  }

  /// proc(5) takes no files of ours.
  @Test
  void saysWhyItCannotWrite() {
    Outcome outcome = Outcome.of("pki", "--out", "/proc");
    assertThat(outcome.err()).startsWith("beacon: /proc: nothing was made: ").hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE);
  }

  @Test
  void leavesNothingHalfMade() throws IOException {
    List<NewFiles.NewFile> files =
        List.of(
            new NewFiles.NewFile("a", "first", true),
            new NewFiles.NewFile("b", "second", false),
            new NewFiles.NewFile("missing/c", "third", true));
    assertThat(catchThrowable(() -> NewFiles.write(directory, files)))
        .isInstanceOf(IOException.class);
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "3651", "9999999", "x", "1.5"})
  void takesDaysOnly(String days) throws IOException {
    Outcome outcome = pki("--days=" + days);
    assertThat(outcome.err())
        .startsWith("beacon: flag --days \"%s\": ".formatted(days))
        .hasLineCount(1);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(files()).isEmpty();
  }

  @Test
  void takesItsOptionsFromAFileToo() throws Exception {
    Path config = Files.writeString(directory.resolve("pki.properties"), "days=3\n");
    assertThat(pki("--config", config.toString(), "--check-config").out())
        .isEqualTo(
            "config out=%s(flag) days=3(file) config=%s(flag)\n".formatted(directory, config));
    assertThat(files()).containsExactly("pki.properties");
  }
}
