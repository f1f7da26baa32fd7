package org.beaconrelay.app;

import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.beaconrelay.endpoint.RelayTrust;
import org.beaconrelay.endpoint.pki.KeyedCertificate;
import org.beaconrelay.endpoint.pki.PkiException;
import org.beaconrelay.endpoint.pki.SelfSigned;
import org.beaconrelay.server.TlsIdentity;

/// The relay's certificate that is in use, which may be replaced while links come in.
///
/// **Thread:** any.
final class RelayIdentity implements TlsIdentity {
  private record InUse(KeyedCertificate certificate, SSLContext context, String sha256) {}

  private volatile CompletableFuture<InUse> inUse;

  /// @throws BadValueException if TLS cannot use the certificate
  RelayIdentity(KeyedCertificate certificate) throws BadValueException {
    this(CompletableFuture.completedFuture(use(certificate)));
  }

  private RelayIdentity(CompletableFuture<InUse> inUse) {
    this.inUse = inUse;
  }

  /// With a certificate of this process's own. It is made on a thread of its own, since that takes
  /// as long as half of what else a relay does until it is ready; who needs it sooner waits.
  static RelayIdentity ofOwnMaking() {
    return new RelayIdentity(
        CompletableFuture.supplyAsync(
            RelayIdentity::makeOwn,
            task -> Thread.ofPlatform().daemon().name("beacon-own-certificate").start(task)));
  }

  private static InUse makeOwn() {
    try {
      return use(SelfSigned.make("beacon relay", List.of(), InstantSource.system()));
    } catch (PkiException | BadValueException e) {
      throw new AssertionError("a good name and a new key", e);
    }
  }

  @Override
  public SSLContext current() {
    return inUse.join().context();
  }

  /// What endpoints pin: the SHA-256 of the certificate, 64 hex digits.
  String sha256() {
    return inUse.join().sha256();
  }

  /// Makes a certificate the one in use.
  ///
  /// @return whether it is another one than before
  /// @throws BadValueException if TLS cannot use it; the old one stays
  boolean replace(KeyedCertificate certificate) throws BadValueException {
    if (certificate.chain().equals(inUse.join().certificate().chain())) {
      return false;
    }
    inUse = CompletableFuture.completedFuture(use(certificate));
    return true;
  }

  private static InUse use(KeyedCertificate certificate) throws BadValueException {
    try {
      return new InUse(
          certificate,
          certificate.serverContext(),
          RelayTrust.fingerprint(certificate.certificate()));
    } catch (GeneralSecurityException e) {
      throw new BadValueException("cannot be used for TLS: " + e.getMessage());
    }
  }
}
