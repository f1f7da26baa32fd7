package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The outer TLS that options and files ask for. The files are made by the openssl program.
final class RelayTlsTest {
  private static final String SELF_SIGNED =
      "req -x509 -key %1$s.key -subj /CN=%1$s -days 2 -out %1$s.pem";

  @TempDir private Path folder;

  private final List<String> warnings = new ArrayList<>();
  private final Problems problems = new Problems();

  private void openssl(String arguments) throws IOException, InterruptedException {
    OpenSsl.run(folder, arguments);
  }

  /// Makes `NAME.key` and a self-signed `NAME.pem`.
  private void make(String name) throws IOException, InterruptedException {
    openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out %s.key".formatted(name));
    openssl(SELF_SIGNED.formatted(name));
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  private RelayTls parse(Map<RelayOption, String> flags) {
    return RelayTls.parse(
        OptionSources.resolve(OptionSet.RELAY, Map.copyOf(flags), Map.of(), problems), warnings);
  }

  private RelayTls parseFiles(String chain, String key) {
    return parse(
        Map.of(
            RelayOption.TLS_CERT, folder.resolve(chain).toString(),
            RelayOption.TLS_KEY, folder.resolve(key).toString()));
  }

  private String fingerprint(String name) throws IOException, InterruptedException {
    return OpenSsl.fingerprint(folder, name);
  }

  private void assertTaken(RelayTls tls, String name) throws IOException, InterruptedException {
    assertThat(problems.lines()).isEmpty();
    assertThat(tls).isInstanceOf(RelayTls.FromFiles.class);
    assertThat(Objects.requireNonNull(tls.identity()).sha256()).isEqualTo(fingerprint(name));
  }

  private void assertRefused(String chain, String key, String atFault, String... problem) {
    parseFiles(chain, key);
    String option = atFault.equals(key) ? "--tls-key" : "--tls-cert";
    assertThat(problems.lines())
        .singleElement()
        .asString()
        .startsWith("flag %s \"%s\": ".formatted(option, folder.resolve(atFault)))
        .contains(problem);
    assertThat(problems.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void makesACertificateOfItsOwnEachTime() {
    RelayTls first = parse(Map.of());
    RelayTls second = parse(Map.of(RelayOption.TLS, "self-signed"));
    assertThat(first.label()).isEqualTo("self-signed");
    assertThat(second.label()).isEqualTo("self-signed");
    assertThat(Objects.requireNonNull(first.identity()).sha256())
        .matches("[0-9a-f]{64}")
        .isNotEqualTo(Objects.requireNonNull(second.identity()).sha256());
  }

  @Test
  void switchesItOff() {
    assertThat(parse(Map.of(RelayOption.TLS, "off"))).isEqualTo(new RelayTls.Off());
    assertThat(problems.lines()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out relay.key",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out relay.key",
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out relay.key",
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out relay.key",
        "genpkey -algorithm ED25519 -out relay.key",
        "ecparam -name prime256v1 -genkey -out relay.key",
        "ecparam -name secp384r1 -genkey -noout -out relay.key",
        "genrsa -traditional -out relay.key 2048"
      })
  void takesKeysOfEveryKind(String makeKey) throws Exception {
    openssl(makeKey);
    openssl(SELF_SIGNED.formatted("relay"));
    assertTaken(parseFiles("relay.pem", "relay.key"), "relay.pem");
    assertThat(warnings).isEmpty();
  }

  @Test
  void takesAChainAndOneFileForBoth() throws Exception {
    TestPki.create(folder).issue("relay");
    write("chain.pem", read("relay.pem") + read("ca.pem"));
    assertTaken(parseFiles("chain.pem", "relay.key"), "relay.pem");

    write("both.pem", read("relay.key") + read("relay.pem"));
    assertTaken(parseFiles("both.pem", "both.pem"), "relay.pem");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pkey -in relay.key -aes256 -passout pass:secret -out encrypted.key",
        "ec -in relay.key -aes256 -passout pass:secret -out encrypted.key"
      })
  void saysHowToDecryptAKey(String encrypt) throws Exception {
    make("relay");
    openssl(encrypt);
    assertRefused("relay.pem", "encrypted.key", "encrypted.key", "encrypted", "openssl pkey -in");
  }

  @Test
  void saysThatDerIsNoPem() throws Exception {
    make("relay");
    openssl("x509 -in relay.pem -outform DER -out relay.der");
    openssl("pkey -in relay.key -outform DER -out key.der");
    parseFiles("relay.der", "key.der");
    assertThat(problems.lines())
        .hasSize(2)
        .allMatch(line -> line.contains("PEM") && line.contains("-inform DER"));
  }

  @Test
  void refusesAKeyOfAnotherCertificate() throws Exception {
    make("relay");
    make("other");
    assertRefused("relay.pem", "other.key", "other.key", "not the private key of the certificate");
  }

  @Test
  void refusesAChainInTheWrongOrder() throws Exception {
    TestPki.create(folder).issue("relay");
    write("chain.pem", read("ca.pem") + read("relay.pem"));
    assertRefused("chain.pem", "relay.key", "chain.pem", "out of order");
  }

  @Test
  void refusesAChainThatHasACertificateTwice() throws Exception {
    make("relay");
    write("twice.pem", read("relay.pem").repeat(2));
    assertRefused("twice.pem", "relay.key", "twice.pem", "number 2 is number 1 again");
  }

  @Test
  void refusesWhatIsCutOff() throws Exception {
    make("relay");
    write("cut.pem", read("relay.pem").substring(0, 300));
    assertRefused("cut.pem", "relay.key", "cut.pem", "cut off");
  }

  @Test
  void refusesAKeyThatIsCutOff() throws Exception {
    make("relay");
    write("cut.key", read("relay.key").substring(0, 100));
    assertRefused("relay.pem", "cut.key", "cut.key", "cut off");
  }

  @Test
  void tellsOfBothFilesTogether() throws Exception {
    write("empty.pem", "");
    parseFiles("empty.pem", "missing.key");
    assertThat(problems.lines())
        .containsExactly(
            "flag --tls-cert \"%s\": is empty".formatted(folder.resolve("empty.pem")),
            "flag --tls-key \"%s\": no such file".formatted(folder.resolve("missing.key")));
  }

  @Test
  void refusesOneFileWithoutTheOther() throws Exception {
    make("relay");
    parse(Map.of(RelayOption.TLS_CERT, folder.resolve("relay.pem").toString()));
    parse(Map.of(RelayOption.TLS_KEY, folder.resolve("relay.key").toString()));
    assertThat(problems.lines())
        .containsExactly(
            "flag --tls-cert \"%s\": goes with --tls-key FILE: give that too"
                .formatted(folder.resolve("relay.pem")),
            "flag --tls-key \"%s\": goes with --tls-cert FILE: give that too"
                .formatted(folder.resolve("relay.key")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"self-signed", "off"})
  void refusesBothKinds(String kind) throws Exception {
    make("relay");
    parse(
        Map.of(
            RelayOption.TLS, kind,
            RelayOption.TLS_CERT, folder.resolve("relay.pem").toString(),
            RelayOption.TLS_KEY, folder.resolve("relay.key").toString()));
    assertThat(problems.lines())
        .containsExactly(
            "flag --tls \"%s\": goes without --tls-cert and --tls-key, which have a certificate of"
                    .formatted(kind)
                + " their own: give either the one or the others");
  }

  @Test
  void warnsOfAnExpiredCertificateAndTakesIt() throws Exception {
    make("relay");
    openssl("req -new -key relay.key -subj /CN=old -out old.csr");
    openssl("x509 -req -in old.csr -key relay.key -days -1 -out old.pem");
    assertTaken(parseFiles("old.pem", "relay.key"), "old.pem");
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("the certificate " + folder.resolve("old.pem") + " expired at 20")
        .endsWith("; endpoints that pin it take it all the same, others do not");
  }

  @Test
  void warnsOfAKeyThatEverybodyCanRead() throws Exception {
    make("relay");
    Path key = folder.resolve("relay.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertTaken(parseFiles("relay.pem", "relay.key"), "relay.pem");
    assertThat(warnings)
        .containsExactly(
            "everybody on this host can read the private key %s: chmod o-rwx it".formatted(key));
  }
}
