package org.beaconrelay.app;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// When a certificate holds.
final class Validity {
  private Validity() {}

  /// What is wrong with it now.
  ///
  /// @return null if nothing is
  static @Nullable String fault(X509Certificate certificate, Instant now) {
    Instant notBefore = certificate.getNotBefore().toInstant();
    Instant notAfter = certificate.getNotAfter().toInstant();
    if (now.isAfter(notAfter)) {
      return "expired at " + notAfter.truncatedTo(ChronoUnit.SECONDS);
    }
    return now.isBefore(notBefore)
        ? "is valid from %s on only: look at the clock"
            .formatted(notBefore.truncatedTo(ChronoUnit.SECONDS))
        : null;
  }
}
