package org.beaconrelay.perf.load;

import java.util.Locale;

/// How a pair ends.
enum Ending {
  /// Both send, each ends its stream when it has sent all, and both receive all.
  BOTH_IN_ORDER,
  /// The broker sends and ends its stream; only then does the bridge answer.
  ANSWERED_IN_ORDER,
  /// The bridge resets its link while both send.
  RESET_BY_BRIDGE,
  /// The broker does.
  RESET_BY_BROKER;

  boolean isReset() {
    return this == RESET_BY_BRIDGE || this == RESET_BY_BROKER;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
