package org.beaconrelay.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.beaconrelay.endpoint.pki.KeyedCertificate;

/// Takes the relay's certificate up anew when its files have changed: overwritten, replaced, or
/// reached through a symbolic link that leads elsewhere now, as Kubernetes does it.
///
/// **Thread:** one of its own, once it is started; without it, one at a time.
final class CertificateWatch {
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  /// Of the file that a name leads to. The time of change is that of the inode, which nobody can
  /// set: `cp -p` keeps the others.
  private static final String ATTRIBUTES = "unix:ino,size,ctime,lastModifiedTime";

  private final RelayIdentity identity;
  private final CertificateFiles files;
  private final Terminal terminal;

  /// As it was last seen, and as it was when it was last read. Not read by this watch yet, so that
  /// a change since the start is not missed.
  private List<Map<String, Object>> seen = List.of();

  private List<Map<String, Object>> read = List.of();
  private String told = "";

  CertificateWatch(RelayIdentity identity, CertificateFiles files, Terminal terminal) {
    this.identity = identity;
    this.files = files;
    this.terminal = terminal;
  }

  /// Looks again and again, until the process ends.
  void start() {
    Thread.ofPlatform().daemon().name("beacon-certificate").start(this::keepLooking);
  }

  private void keepLooking() {
    try {
      while (true) {
        Thread.sleep(INTERVAL);
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Looks once. A change is taken up when it has stood from one look to the next: two files are
  /// not written in the same moment.
  void look() {
    List<Map<String, Object>> now = List.of(state(files.chain()), state(files.key()));
    boolean settled = now.equals(seen);
    seen = now;
    if (settled && !now.equals(read)) {
      read = now;
      takeUp();
    }
  }

  private static Map<String, Object> state(Path file) {
    try {
      return Files.readAttributes(file, ATTRIBUTES);
    } catch (IOException _) {
      return Map.of(); // what is wrong with it, reading it will tell
    }
  }

  private void takeUp() {
    try {
      KeyedCertificate certificate = files.read();
      told = "";
      if (identity.replace(certificate)) {
        terminal.inform("tls: the certificate has changed: sha256=" + identity.sha256());
      }
    } catch (BadValueException e) {
      if (!told.equals(e.advice())) {
        told = e.advice();
        terminal.warn("tls: the old certificate stays in use: " + told);
      }
    }
  }
}
