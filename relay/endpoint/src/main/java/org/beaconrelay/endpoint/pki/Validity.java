package org.beaconrelay.endpoint.pki;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// When a certificate holds.
///
/// **Thread:** any.
public final class Validity {
  private Validity() {}

  /// What is wrong with it now.
  ///
  /// @return what follows its name; null if nothing is
  public static @Nullable String fault(X509Certificate certificate, Instant now) {
    Instant notBefore = certificate.getNotBefore().toInstant();
    Instant notAfter = certificate.getNotAfter().toInstant();
    if (now.isAfter(notAfter)) {
      return "expired at " + notAfter.truncatedTo(ChronoUnit.SECONDS);
    }
    return now.isBefore(notBefore)
        ? "is not valid before %s: compare the clocks"
            .formatted(notBefore.truncatedTo(ChronoUnit.SECONDS))
        : null;
  }
}
