package org.beaconrelay.perf;

import java.io.IOException;
import java.nio.file.Path;

/// One of the two relays that are compared.
enum Contender {
  BEACON("beacon"),
  HAPROXY("haproxy");

  private final String label;

  Contender(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /// Starts it afresh and returns when it takes connections.
  ///
  /// @param root of the checkout
  RunningRelay start(Path root, Pinning pinning)
      throws IOException, InterruptedException, RunFailedException {
    return switch (this) {
      case BEACON -> BeaconRelay.start(root, pinning);
      case HAPROXY -> HaproxyRelay.start(root, pinning);
    };
  }
}
