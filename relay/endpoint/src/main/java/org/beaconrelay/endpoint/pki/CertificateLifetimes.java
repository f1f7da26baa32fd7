package org.beaconrelay.endpoint.pki;

import java.time.Duration;

/// How long certificates are valid. They stand alone, so that who names them does not load the
/// library that makes certificates: that takes as long as all else of a relay's start.
public final class CertificateLifetimes {
  /// Of the CA itself: a new one means a new info_hash, and all endpoints have to be told.
  public static final Duration AUTHORITY = Duration.ofDays(3650);

  /// Of what it issues, unless told otherwise: long enough for those who renew by hand.
  public static final Duration LEAF = Duration.ofDays(365);

  private CertificateLifetimes() {}
}
