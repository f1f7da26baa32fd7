package org.beaconrelay.server;

import java.util.List;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.server.rendezvous.KeyedHash;

/// Which shard an info_hash belongs to.
///
/// **Thread:** any, once the shards are there.
final class Router {
  private final KeyedHash keyedHash = KeyedHash.random();
  private List<Shard> shards = List.of();

  /// Before any link is accepted.
  void init(List<Shard> shards) {
    this.shards = shards;
  }

  long hash(InfoHash infoHash) {
    return keyedHash.of(infoHash);
  }

  /// The upper half of the hash picks the shard, so that the lower is left to spread the links of
  /// one shard over its table.
  Shard owner(long hash) {
    return shards.get((int) (((hash >>> Integer.SIZE) * shards.size()) >>> Integer.SIZE));
  }
}
