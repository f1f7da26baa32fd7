package org.beaconrelay.endpoint.pki;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PrivateKeyFileTest {
  @TempDir private Path directory;
  private Openssl openssl;

  @BeforeEach
  void setUp() {
    openssl = new Openssl(directory);
  }

  private static String pem() throws PkiException {
    return CertificateAuthority.create("CA", InstantSource.system()).own().keyPem();
  }

  private static String problemOf(byte[] file) {
    return catchThrowableOfType(PkiException.class, () -> PrivateKeyFile.parse(file)).problem();
  }

  private static String problemOf(String file) {
    return problemOf(file.getBytes(ISO_8859_1));
  }

  private String problemOf(Path file) throws Exception {
    return problemOf(Files.readAllBytes(file));
  }

  private Path file(String name) {
    return directory.resolve(name);
  }

  /// The certificate that openssl makes of the very same file tells whether the key was read right.
  private void assertIsTheKeyOfItsCertificate(String name) throws Exception {
    openssl.line("req -x509 -new -key " + name + " -subj /CN=x -days 2 -out certificate.pem");
    PrivateKey key = PrivateKeyFile.read(file(name));
    assertThat(KeyedCertificate.of(key, CertificateChainFile.read(file("certificate.pem"))).key())
        .isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out x.key",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out x.key",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out x.key",
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out x.key",
        "genpkey -algorithm ED25519 -out x.key",
        "ecparam -name prime256v1 -genkey -out x.key", // EC PARAMETERS and EC PRIVATE KEY
        "ecparam -name secp384r1 -genkey -noout -out x.key",
        "genrsa -traditional -out x.key 3072"
      })
  void readsWhatOpensslWrites(String command) throws Exception {
    openssl.line(command);
    assertIsTheKeyOfItsCertificate("x.key");
  }

  @ParameterizedTest
  @CsvSource({"EC -pkeyopt ec_paramgen_curve:P-256,EC PRIVATE KEY", "RSA,RSA PRIVATE KEY"})
  void readsTraditionalForms(String algorithm, String label) throws Exception {
    openssl.line("genpkey -algorithm " + algorithm + " -out pkcs8.key");
    openssl.line("pkey -in pkcs8.key -traditional -out x.key");
    assertThat(file("x.key")).content().startsWith("-----BEGIN " + label);
    assertIsTheKeyOfItsCertificate("x.key");
  }

  @Test
  void readsItsOwnText() throws Exception {
    Files.writeString(file("x.key"), pem());
    assertIsTheKeyOfItsCertificate("x.key");
  }

  @Test
  void findsTheKeyAmongOtherThings() throws Exception {
    CertificateAuthority ca = CertificateAuthority.create("CA", InstantSource.system());
    KeyedCertificate bridge = ca.issueBridge("bridge", Duration.ofDays(1));
    String file =
        "\u00EF\u00BB\u00BFSome text: with a colon\r\n"
            + (bridge.certificatePem() + bridge.keyPem()).replace("\n", "\r\n");
    assertThat(PrivateKeyFile.parse(file.getBytes(ISO_8859_1))).isEqualTo(bridge.key());
    assertThat(CertificateChainFile.parse(file.getBytes(ISO_8859_1))).isEqualTo(bridge.chain());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes-256-cbc -pass pass:geheim -out"
            + " x.key",
        "genrsa -traditional -aes128 -passout pass:geheim -out x.key 2048"
      })
  void saysHowToDecrypt(String command) throws Exception {
    openssl.line(command);
    assertThat(file("x.key")).content().contains("ENCRYPTED");
    assertThat(problemOf(file("x.key")))
        .isEqualTo(
            "is encrypted, and there is nobody to ask for the password; decrypt it:"
                + " openssl pkey -in OLD.key -out NEW.key");
    openssl.line("pkey -in x.key -passin pass:geheim -out plain.key");
    assertThat(PrivateKeyFile.read(file("plain.key"))).isNotNull();
  }

  @Test
  void saysHowToMakePemOfDer() throws Exception {
    openssl.line("genpkey -algorithm ED25519 -outform DER -out x.key");
    assertThat(problemOf(file("x.key")))
        .isEqualTo(
            "is DER, not PEM; openssl pkey -inform DER -in OLD.key -out NEW.key makes it PEM");
    openssl.line("pkey -inform DER -in x.key -out x.pem");
    assertIsTheKeyOfItsCertificate("x.pem");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024   | RSA takes 2048 bits or more, not"
            + " 1024",
        "ecparam -name secp256k1 -genkey -noout                 | its curve is none of P-256,"
            + " P-384, P-521 by name",
        "ecparam -name prime256v1 -genkey -param_enc explicit   | its curve is none of P-256,"
            + " P-384, P-521 by name",
        "genpkey -algorithm X25519                              | its algorithm has the number"
            + " 1.3.101.110",
        "genpkey -algorithm RSA-PSS                             | its algorithm has the number"
            + " 1.2.840.113549.1.1.10"
      })
  void refusesKeysThatItDoesNotSupport(String command, String why) throws Exception {
    openssl.line(command + " -out x.key");
    assertThat(problemOf(file("x.key")))
        .isEqualTo(
            "has a private key that is not supported: "
                + why
                + "; make one with openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256");
  }

  @Test
  void refusesWhatIsNoKey() throws Exception {
    KeyedCertificate ca = CertificateAuthority.create("CA", InstantSource.system()).own();
    assertThat(problemOf("")).isEqualTo("is empty");
    assertThat(problemOf("hello"))
        .isEqualTo("is not PEM: there is no -----BEGIN PRIVATE KEY----- in it");
    assertThat(problemOf("x".repeat(70_000))).isEqualTo("is too long for a private key");
    assertThat(problemOf(ca.certificatePem()))
        .isEqualTo("has no private key, but CERTIFICATE; give the file with the key");
    assertThat(problemOf(ca.keyPem() + pem()))
        .isEqualTo("has 2 private keys; give a file with one only");
    assertThat(problemOf(ca.keyPem().replace("PRIVATE KEY", "OPENSSH PRIVATE KEY")))
        .startsWith("has a private key that is not supported: it is OPENSSH PRIVATE KEY");
    assertThatThrownBy(() -> PrivateKeyFile.read(file("missing"))).hasMessage("no such file");
    assertThatThrownBy(() -> PrivateKeyFile.read(directory)).hasMessage("Is a directory");
    assertThatThrownBy(() -> PrivateKeyFile.read(Path.of("/dev/zero")))
        .hasMessage("is too long for a private key");
  }

  /// Cut off at every place, and with every character replaced: a message, never a wrong key, and
  /// nothing of the key in the message.
  @Test
  void saysThatAKeyIsDamagedAndNotWhatIsInIt() throws Exception {
    String pem = pem();
    String body = pem.lines().filter(line -> !line.startsWith("-")).reduce("", String::concat);
    for (int i = 0; i < pem.indexOf("-----END") + 10; i++) {
      String cutOff = pem.substring(0, i);
      assertThat(problemOf(cutOff)).matches("is empty|is not PEM: .*|is PEM, but cut off .*");
      assertTellsNothingOf(body, problemOf(cutOff));
    }
    String end = pem.substring(pem.indexOf("-----END"));
    int last = pem.substring(0, pem.indexOf(end)).stripTrailing().replaceAll("=+$", "").length();
    for (int i = "-----BEGIN PRIVATE KEY-----\n".length(); i < last; i++) {
      assertTellsNothingOf(body, problemOf(pem.substring(0, i) + end));
      assertThat(problemOf(pem.substring(0, i) + "*" + pem.substring(i + 1)))
          .isEqualTo("is PEM, but damaged: its PRIVATE KEY is no Base64");
    }
  }

  private static void assertTellsNothingOf(String body, String problem) {
    for (int i = 0; i + 6 <= body.length(); i++) {
      assertThat(problem).doesNotContain(body.substring(i, i + 6));
    }
  }
}
