package org.beaconrelay.app.log;

import java.util.Locale;

/// How much is written of an address or an info_hash.
public enum Privacy {
  /// All of it.
  FULL,
  /// The network of an address, without a port; the beginning of an info_hash.
  TRUNCATED,
  /// A name that stands for it until the day is over: see [Pseudonyms].
  PSEUDONYM,
  /// Nothing.
  NONE;

  /// How it is written where it is chosen.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
