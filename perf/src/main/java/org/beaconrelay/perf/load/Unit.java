package org.beaconrelay.perf.load;

import java.util.Locale;

/// What a load does, or opens, one after the other.
enum Unit {
  PAIRING,
  REQUEST,
  MESSAGE,
  BYTE,
  LINK,
  PAIR;

  /// Whether it is due at some time, and timed from then on.
  boolean isTimed() {
    return switch (this) {
      case PAIRING, REQUEST, MESSAGE -> true;
      case BYTE, LINK, PAIR -> false;
    };
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
