package org.beaconrelay.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.beaconrelay.endpoint.pki.CertificateAuthority;
import org.beaconrelay.endpoint.pki.KeyedCertificate;
import org.beaconrelay.endpoint.pki.PkiException;

/// The files that a bridge and a broker are given: `ca.pem`, and `ROLE.pem` and `ROLE.key` of each.
///
/// @param folder where they are
record EndpointFiles(Path folder) {
  /// Makes a bridge CA and a certificate for each end.
  static EndpointFiles make(Path folder) throws IOException, PkiException {
    EndpointFiles files = new EndpointFiles(folder);
    CertificateAuthority ca = CertificateAuthority.create("bridge CA", InstantSource.system());
    Files.writeString(folder.resolve("ca.pem"), ca.own().certificatePem());
    files.write("bridge", ca.issueBridge("bridge", Duration.ofDays(1)));
    files.write("broker", ca.issueBroker("broker", Duration.ofDays(1)));
    return files;
  }

  /// Writes `NAME.pem`, and `NAME.key` for its owner alone.
  void write(String name, KeyedCertificate certificate) throws IOException {
    Files.writeString(folder.resolve(name + ".pem"), certificate.certificatePem());
    Path key = Files.writeString(folder.resolve(name + ".key"), certificate.keyPem());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
  }

  /// What names them on the command line of an end.
  List<String> options(String role) {
    return List.of(
        "--ca", path("ca.pem"), "--cert", path(role + ".pem"), "--key", path(role + ".key"));
  }

  String path(String name) {
    return folder.resolve(name).toString();
  }
}
