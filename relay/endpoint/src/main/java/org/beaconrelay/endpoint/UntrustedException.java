package org.beaconrelay.endpoint;

import java.io.IOException;
import java.security.cert.CertificateException;

/// The counterpart is not whom it has to be.
final class UntrustedException extends IOException {
  private static final long serialVersionUID = 1L;

  UntrustedException(CertificateException refusal) {
    super(refusal.getMessage(), refusal);
  }
}
