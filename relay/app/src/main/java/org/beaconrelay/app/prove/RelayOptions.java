package org.beaconrelay.app.prove;

import java.util.ArrayList;
import java.util.List;

/// Options of relays that are tried. They have no admin port, which another relay may have here.
final class RelayOptions {
  private RelayOptions() {}

  static List<String> of(LinkMode mode, String dataPath, String transport) {
    List<String> options = new ArrayList<>(mode.relayOptions());
    options.addAll(List.of("--data-path", dataPath, "--transport", transport, "--admin", "off"));
    return options;
  }
}
