package org.beaconrelay.endpoint;

import java.io.IOException;

/// The counterpart is not whom it has to be.
final class UntrustedException extends IOException {
  private static final long serialVersionUID = 1L;

  /// @param failure of the handshake
  UntrustedException(IOException failure) {
    super(Reasons.of(failure), failure);
  }
}
