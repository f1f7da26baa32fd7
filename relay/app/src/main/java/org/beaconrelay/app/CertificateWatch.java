package org.beaconrelay.app;

import java.util.List;

/// Takes the relay's certificate up anew when its files have changed.
///
/// **Thread:** see [FileWatch].
final class CertificateWatch {
  private final RelayIdentity identity;
  private final CertificateFiles files;
  private final Terminal terminal;
  private final FileWatch watch;

  CertificateWatch(RelayIdentity identity, CertificateFiles files, Terminal terminal) {
    this.identity = identity;
    this.files = files;
    this.terminal = terminal;
    this.watch =
        new FileWatch(
            "beacon-certificate",
            List.of(files.chain(), files.key()),
            this::takeUp,
            problem -> terminal.warn("tls: the old certificate stays in use: " + problem));
  }

  /// See [FileWatch#start].
  void start() {
    watch.start();
  }

  /// See [FileWatch#look].
  void look() {
    watch.look();
  }

  private void takeUp() throws BadValueException {
    if (identity.replace(files.read())) {
      terminal.inform("tls: the certificate has changed: sha256=" + identity.sha256());
    }
  }
}
