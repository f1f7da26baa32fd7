package org.beaconrelay.app.prove;

import java.util.ArrayList;
import java.util.List;

/// Options of relays that are tried.
final class RelayOptions {
  private RelayOptions() {}

  static List<String> of(LinkMode mode, String dataPath, String transport) {
    List<String> options = new ArrayList<>(mode.relayOptions());
    options.addAll(List.of("--data-path", dataPath, "--transport", transport));
    return options;
  }
}
