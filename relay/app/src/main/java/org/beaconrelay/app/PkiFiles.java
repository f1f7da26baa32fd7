package org.beaconrelay.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.beaconrelay.app.NewFiles.NewFile;
import org.beaconrelay.endpoint.pki.CertificateAuthority;
import org.beaconrelay.endpoint.pki.KeyedCertificate;
import org.beaconrelay.endpoint.pki.PkiException;
import org.beaconrelay.protocol.InfoHash;

/// A bridge CA with a certificate for each end, in files.
final class PkiFiles {
  private PkiFiles() {}

  /// Makes all of them, or none.
  ///
  /// @param lifetime of the certificates of bridge and broker
  /// @return an [ExitCode]
  static int make(Path directory, Duration lifetime, Terminal terminal)
      throws IOException, PkiException {
    if (!Files.isDirectory(directory)) {
      terminal.complain(
          "%s: no such directory; make one that only you can read: mkdir -m 700 %1$s"
              .formatted(directory));
      return ExitCode.FAILURE;
    }
    CertificateAuthority authority =
        CertificateAuthority.create("Beacon bridge CA", InstantSource.system());
    KeyedCertificate ca = authority.own();
    KeyedCertificate bridge = authority.issueBridge("bridge", lifetime);
    KeyedCertificate broker = authority.issueBroker("broker", lifetime);
    List<NewFile> files =
        List.of(
            new NewFile("bridge-ca.pem", ca.certificatePem(), false),
            new NewFile("bridge-ca.key", ca.keyPem(), true),
            new NewFile("bridge.pem", bridge.certificatePem(), false),
            new NewFile("bridge.key", bridge.keyPem(), true),
            new NewFile("broker.pem", broker.certificatePem(), false),
            new NewFile("broker.key", broker.keyPem(), true));
    List<String> existing = NewFiles.existing(directory, files);
    if (!existing.isEmpty()) {
      terminal.complain(
          "%s: has %s already, and nothing is overwritten; take another directory with %s"
              .formatted(directory, String.join(", ", existing), PkiOption.OUT.flag()));
      return ExitCode.FAILURE;
    }
    NewFiles.write(directory, files);
    report(ca, bridge, terminal);
    return ExitCode.OK;
  }

  private static void report(KeyedCertificate ca, KeyedCertificate bridge, Terminal terminal) {
    terminal
        .out()
        .print(
            """
            bridge-ca.pem  the bridge CA: both bridge and broker need it
            bridge-ca.key  its key, to issue more with: neither of them needs it, keep it apart
            bridge.pem     the bridge's certificate, valid until %1$s
            bridge.key     the bridge's key
            broker.pem     the broker's certificate, valid until %1$s
            broker.key     the broker's key
            info_hash      %2$s

            Next: beacon relay, then
              beacon bridge  with bridge-ca.pem, bridge.pem and bridge.key
              beacon broker  with bridge-ca.pem, broker.pem and broker.key
            """
                .formatted(bridge.certificate().getNotAfter().toInstant(), infoHash(ca).toHex()));
  }

  private static InfoHash infoHash(KeyedCertificate ca) {
    try {
      return InfoHash.of(ca.certificate());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate without a DER form", e);
    }
  }
}
