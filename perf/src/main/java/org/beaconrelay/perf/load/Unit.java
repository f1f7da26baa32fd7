package org.beaconrelay.perf.load;

import java.util.Locale;

/// What a load does one after the other.
enum Unit {
  PAIRING,
  REQUEST,
  MESSAGE,
  BYTE;

  /// Whether it is due at some time, and timed from then on.
  boolean isTimed() {
    return this != BYTE;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
