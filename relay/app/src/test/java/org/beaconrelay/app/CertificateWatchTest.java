package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.beaconrelay.endpoint.pki.KeyedCertificate;
import org.beaconrelay.endpoint.pki.PkiException;
import org.beaconrelay.endpoint.pki.SelfSigned;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Looks when the test says so; a change needs two looks.
final class CertificateWatchTest {
  private static final KeyedCertificate FIRST = make();
  private static final KeyedCertificate SECOND = make();

  @TempDir private Path folder;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private RelayIdentity identity;
  private CertificateFiles files;
  private CertificateWatch watch;

  private static KeyedCertificate make() {
    try {
      return SelfSigned.make("relay", List.of(), InstantSource.system());
    } catch (PkiException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void startWithTheFirst() throws IOException, BadValueException {
    identity = new RelayIdentity(FIRST);
    files = new CertificateFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    write(FIRST);
    Terminal terminal =
        new Terminal(
            Map.of(),
            InputStream.nullInputStream(),
            new PrintStream(new ByteArrayOutputStream()),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    watch = new CertificateWatch(identity, files, terminal);
    lookTwice();
    assertThat(said()).isEmpty();
  }

  private void write(KeyedCertificate certificate) throws IOException {
    Files.writeString(files.chain(), certificate.certificatePem());
    Files.writeString(files.key(), certificate.keyPem());
  }

  private void lookTwice() {
    watch.look();
    watch.look();
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void takesUpAChange() throws IOException {
    SSLContext before = identity.current();
    String sha256 = identity.sha256();
    write(SECOND);
    lookTwice();
    assertThat(identity.current()).isNotSameAs(before);
    assertThat(identity.sha256()).isNotEqualTo(sha256);
    assertThat(said())
        .isEqualTo("beacon: tls: the certificate has changed: sha256=" + identity.sha256() + "\n");
  }

  @Test
  void waitsUntilAChangeHasSettled() throws IOException {
    String sha256 = identity.sha256();
    Files.writeString(files.chain(), SECOND.certificatePem());
    watch.look();
    Files.writeString(files.key(), SECOND.keyPem());
    watch.look();
    assertThat(identity.sha256()).isEqualTo(sha256);
    watch.look();
    assertThat(identity.sha256()).isNotEqualTo(sha256);
    assertThat(said()).hasLineCount(1);
  }

  @Test
  void saysNothingOfTheSameCertificateWrittenAgain() throws IOException {
    SSLContext before = identity.current();
    Files.setLastModifiedTime(files.chain(), FileTime.fromMillis(0));
    lookTwice();
    assertThat(identity.current()).isSameAs(before);
    assertThat(said()).isEmpty();
  }

  @Test
  void keepsTheOldOneAndSaysSoOnce() throws IOException {
    String sha256 = identity.sha256();
    Files.writeString(files.chain(), SECOND.certificatePem());
    lookTwice();
    lookTwice();
    Files.setLastModifiedTime(files.chain(), FileTime.fromMillis(0));
    lookTwice();
    assertThat(identity.sha256()).isEqualTo(sha256);
    assertThat(said())
        .startsWith(
            "beacon: warning: tls: the old certificate stays in use: "
                + files.key()
                + ": is not the private key of the certificate")
        .hasLineCount(1);

    Files.delete(files.key());
    lookTwice();
    assertThat(said()).hasLineCount(2).endsWith(files.key() + ": no such file\n");

    write(SECOND);
    lookTwice();
    assertThat(identity.sha256()).isNotEqualTo(sha256);
    assertThat(said()).hasLineCount(3);
  }

  @Test
  void seesThatASymbolicLinkLeadsElsewhere() throws IOException {
    String sha256 = identity.sha256();
    for (Path file : List.of(files.chain(), files.key())) {
      Path other = Files.createDirectories(folder.resolve("..2")).resolve(file.getFileName());
      Files.writeString(
          other, file.equals(files.key()) ? SECOND.keyPem() : SECOND.certificatePem());
      Path link = Files.createSymbolicLink(folder.resolve("link"), other);
      Files.move(link, file, StandardCopyOption.REPLACE_EXISTING);
    }
    lookTwice();
    assertThat(identity.sha256()).isNotEqualTo(sha256);
    assertThat(said()).hasLineCount(1);
  }
}
