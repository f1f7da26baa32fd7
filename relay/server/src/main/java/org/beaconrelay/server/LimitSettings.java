package org.beaconrelay.server;

import static org.beaconrelay.server.RelaySettings.require;

/// How many of what there may be.
///
/// @param maxLinks links that may be open at once, at least 2
/// @param maxWaitingPerHash waiting links for one info_hash and role, at least 1
public record LimitSettings(int maxLinks, int maxWaitingPerHash) {
  public static final int DEFAULT_MAX_WAITING_PER_HASH = 256;

  /// @throws IllegalArgumentException naming the first value that is out of range
  public LimitSettings {
    require(maxLinks >= 2, "maxLinks is at least 2");
    require(maxWaitingPerHash >= 1, "maxWaitingPerHash is at least 1");
  }

  /// The usual ones, for so many links.
  public static LimitSettings of(int maxLinks) {
    return new LimitSettings(maxLinks, DEFAULT_MAX_WAITING_PER_HASH);
  }
}
