package org.beaconrelay.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.beaconrelay.endpoint.pki.CertificateChainFile;
import org.beaconrelay.endpoint.pki.KeyedCertificate;
import org.beaconrelay.endpoint.pki.PkiException;
import org.beaconrelay.endpoint.pki.PrivateKeyFile;
import org.jspecify.annotations.Nullable;

/// Where a certificate with its chain, and its private key, are: two PEM files.
record CertificateFiles(Path chain, Path key) {

  /// What was in them.
  record Content(CertificateFiles files, KeyedCertificate certificate) {}

  private record Part<T>(Path file, T content) {}

  /// Reads a file, or puts together what was read.
  interface Step<T> {
    T take() throws PkiException;
  }

  /// Reads what two options name.
  ///
  /// @param warnings gets what the operator should know
  /// @return null if there are problems, or one of the two is not given
  static @Nullable Content read(
      Given given, Option chainOption, Option keyOption, List<String> warnings) {
    Part<List<X509Certificate>> chain =
        given.value(
            chainOption,
            text -> {
              Path file = FilePaths.parse(text);
              return new Part<>(file, adviceOf(() -> CertificateChainFile.read(file)));
            });
    Part<PrivateKey> key =
        given.value(
            keyOption,
            text -> {
              Path file = FilePaths.parse(text);
              return new Part<>(file, adviceOf(() -> PrivateKeyFile.read(file)));
            });
    if (key != null && isReadableByOthers(key.file())) {
      warnings.add(
          "everybody on this host can read the private key %s: chmod o-rwx it"
              .formatted(key.file()));
    }
    if (chain == null || key == null) {
      return null;
    }
    KeyedCertificate certificate =
        given.value(
            keyOption, _ -> adviceOf(() -> KeyedCertificate.of(key.content(), chain.content())));
    return certificate == null
        ? null
        : new Content(new CertificateFiles(chain.file(), key.file()), certificate);
  }

  /// Reads them again.
  ///
  /// @throws BadValueException naming the file that is at fault
  KeyedCertificate read() throws BadValueException {
    List<X509Certificate> certificates = adviceOn(chain, () -> CertificateChainFile.read(chain));
    PrivateKey privateKey = adviceOn(key, () -> PrivateKeyFile.read(key));
    return adviceOn(key, () -> KeyedCertificate.of(privateKey, certificates));
  }

  private static <T> T adviceOn(Path file, Step<T> step) throws BadValueException {
    try {
      return step.take();
    } catch (PkiException e) {
      throw new BadValueException(file + ": " + e.problem());
    }
  }

  static <T> T adviceOf(Step<T> step) throws BadValueException {
    try {
      return step.take();
    } catch (PkiException e) {
      throw new BadValueException(e.problem());
    }
  }

  private static boolean isReadableByOthers(Path file) {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException _) {
      return false; // gone in between, or a file system without permissions
    }
  }
}
