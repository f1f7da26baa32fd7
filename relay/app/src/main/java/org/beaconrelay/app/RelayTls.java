package org.beaconrelay.app;

import java.time.Instant;
import java.util.List;
import org.beaconrelay.endpoint.pki.Validity;
import org.jspecify.annotations.Nullable;

/// The outer TLS of a relay.
sealed interface RelayTls {
  /// Links are plain TCP.
  record Off() implements RelayTls {}

  /// A certificate of this process's own.
  record OwnMaking(RelayIdentity identity) implements RelayTls {}

  /// A certificate from files, which is taken up anew when they change.
  record FromFiles(RelayIdentity identity, CertificateFiles files) implements RelayTls {}

  /// How it is called where the configuration and the line `ready` say it.
  default String label() {
    return switch (this) {
      case Off() -> "off";
      case OwnMaking _ -> "self-signed";
      case FromFiles _ -> "certificate";
    };
  }

  default @Nullable RelayIdentity identity() {
    return switch (this) {
      case Off() -> null;
      case OwnMaking(RelayIdentity identity) -> identity;
      case FromFiles(RelayIdentity identity, CertificateFiles _) -> identity;
    };
  }

  /// What endpoints pin: the SHA-256 of the certificate in use, 64 hex digits; null if there is
  /// none. Waits until it is made.
  default @Nullable String sha256() {
    RelayIdentity identity = identity();
    return identity == null ? null : identity.sha256();
  }

  /// Understands the options about it.
  ///
  /// @param warnings gets what the operator should know
  /// @return what was asked for; anything if there are problems
  static RelayTls parse(Given given, List<String> warnings) {
    if (given.has(RelayOption.TLS_CERT) || given.has(RelayOption.TLS_KEY)) {
      given.refuse(
          RelayOption.TLS,
          "goes without --tls-cert and --tls-key, which have a certificate of their own: give"
              + " either the one or the others");
      given.requireTogether(RelayOption.TLS_CERT, RelayOption.TLS_KEY);
      return fromFiles(given, warnings);
    }
    return given.value(
        RelayOption.TLS, RelayTls::ofKind, given.has(RelayOption.TLS) ? new Off() : ownMaking());
  }

  private static RelayTls ofKind(String text) throws BadValueException {
    return switch (text) {
      case "self-signed" -> ownMaking();
      case "off" -> new Off();
      default ->
          throw new BadValueException(
              "write self-signed or off, or give --tls-cert and --tls-key instead");
    };
  }

  private static RelayTls ownMaking() {
    return new OwnMaking(RelayIdentity.ofOwnMaking());
  }

  private static RelayTls fromFiles(Given given, List<String> warnings) {
    CertificateFiles.Content read =
        CertificateFiles.read(given, RelayOption.TLS_CERT, RelayOption.TLS_KEY, warnings);
    if (read == null) {
      return new Off();
    }
    String fault = Validity.fault(read.certificate().certificate(), Instant.now());
    if (fault != null) {
      warnings.add(
          "the certificate %s %s; endpoints that pin it take it all the same, others do not"
              .formatted(read.files().chain(), fault));
    }
    RelayIdentity identity =
        given.value(RelayOption.TLS_CERT, _ -> new RelayIdentity(read.certificate()));
    return identity == null ? new Off() : new FromFiles(identity, read.files());
  }
}
