package org.beaconrelay.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfoHashTest {
  private static final String HEX =
      "0123456789abcdeffedcba98765432100f1e2d3c4b5a69788796a5b4c3d2e1f0";
  private static final InfoHash HASH = InfoHash.ofHex(HEX);

  @Test
  void isTheFingerprintThatOpensslPrints(@TempDir Path folder) throws Exception {
    openssl(
        folder,
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
            + " -keyout ca.key -out ca.pem -days 2 -subj /CN=bridge-ca");
    String printed = openssl(folder, "x509 -in ca.pem -noout -fingerprint -sha256");
    String fingerprint = printed.substring(printed.indexOf('=') + 1).strip().replace(":", "");

    InfoHash infoHash = InfoHash.of(certificate(folder.resolve("ca.pem")));

    assertThat(infoHash.toHex()).isEqualTo(fingerprint.toLowerCase(Locale.ROOT));
    assertThat(InfoHash.ofHex(fingerprint)).isEqualTo(infoHash);
  }

  @Test
  void isFourWordsInTheOrderOfTheWire() {
    assertThat(HASH)
        .isEqualTo(
            new InfoHash(
                0x0123456789ABCDEFL,
                0xFEDCBA9876543210L,
                0x0F1E2D3C4B5A6978L,
                0x8796A5B4C3D2E1F0L));
  }

  @Test
  void comesBackFromItsHex() {
    assertThat(HASH.toHex()).isEqualTo(HEX);
  }

  @Test
  void isReadFromHexOfEitherCase() {
    assertThat(InfoHash.ofHex(HEX.toUpperCase(Locale.ROOT))).isEqualTo(HASH);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32, 62, 63, 65, 66, 95, 128})
  void refusesHexOfAnotherLength(int length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InfoHash.ofHex("a".repeat(length)))
        .withMessage("an info_hash has 64 hex digits, not " + length);
  }

  /// Among them digits that are none in ASCII: Arabic-Indic one, full-width A.
  @ParameterizedTest
  @ValueSource(
      chars = {'g', 'G', ' ', ':', '-', '+', '\n', '\0', '\u0661', '\uFF21', '@', '`', '/'})
  void refusesWhatIsNoHexDigitAnywhere(char bad) {
    for (int index = 0; index < 64; index++) {
      String hex = HEX.substring(0, index) + bad + HEX.substring(index + 1);
      assertThatIllegalArgumentException()
          .as("at %d", index)
          .isThrownBy(() -> InfoHash.ofHex(hex))
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain(HEX.substring(48)))
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain(HEX.substring(0, 16)));
    }
  }

  @Test
  void refusesTheColonsOfAFingerprint() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InfoHash.ofHex(HEX.replaceAll("..(?!$)", "$0:")))
        .withMessageContaining("not 95");
  }

  @Test
  void showsNothingInItsText() {
    assertThat(HASH.toString()).isEqualTo("InfoHash[hidden]");
    assertThat("" + new InfoHash(1, 2, 3, 4)).isEqualTo("" + HASH);
  }

  @Test
  void isReadAndWrittenAtAnyOffset() {
    for (int offset = 0; offset <= 16; offset++) {
      byte[] target = new byte[48];
      Arrays.fill(target, (byte) 0x5A);
      byte[] expected = target.clone();
      System.arraycopy(bytesOf(HASH), 0, expected, offset, InfoHash.LENGTH);

      HASH.write(target, offset);

      assertThat(target).as("offset %d", offset).isEqualTo(expected);
      assertThat(InfoHash.read(target, offset)).isEqualTo(HASH);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, 8, 32, 33, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void refusesAnOffsetWithoutRoom(int offset) {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> InfoHash.read(new byte[32], offset));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> HASH.write(new byte[32], offset));
  }

  @Test
  void isEqualOnlyIfEveryByteIs() {
    byte[] bytes = bytesOf(HASH);
    assertThat(InfoHash.read(bytes, 0)).isEqualTo(HASH).hasSameHashCodeAs(HASH);
    for (int bit = 0; bit < 256; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(InfoHash.read(flipped, 0)).as("bit %d", bit).isNotEqualTo(HASH);
    }
  }

  private static byte[] bytesOf(InfoHash hash) {
    byte[] bytes = new byte[InfoHash.LENGTH];
    hash.write(bytes, 0);
    return bytes;
  }

  private static X509Certificate certificate(Path pem) throws IOException, CertificateException {
    try (InputStream in = Files.newInputStream(pem)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static String openssl(Path folder, String arguments)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(("openssl " + arguments).split(" ", -1))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("openssl %s: %s", arguments, output).isZero();
    return output;
  }
}
