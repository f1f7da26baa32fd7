package org.beaconrelay.app.prove;

import java.io.IOException;
import java.util.List;

/// How one claim is tried.
interface Trial {
  Claim.Subject subject();

  /// Tries it.
  ///
  /// @param commands gets the relays that are started for it
  /// @throws IOException if it cannot be tried: says why
  Claim run(List<String> commands) throws IOException, InterruptedException;
}
