package org.beaconrelay.server;

import org.beaconrelay.protocol.InfoHash;

/// The info_hashes that may be announced, which may change while links come in.
///
/// **Thread:** called on the shards' threads, several at once; must neither block nor throw.
public interface AllowedHashes {
  /// Whether this one is among them now.
  boolean contains(InfoHash infoHash);
}
