package org.beaconrelay.perf.load;

import java.util.Locale;

/// What a load does one after the other.
enum Unit {
  PAIRING,
  REQUEST,
  MESSAGE;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
