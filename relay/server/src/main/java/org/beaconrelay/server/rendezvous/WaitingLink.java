package org.beaconrelay.server.rendezvous;

import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.jspecify.annotations.Nullable;

/// A link's place among those that wait for a counterpart.
///
/// Links of one info_hash form a ring, newest to oldest, whose newest is in the table.
///
/// **Thread:** shard-confined.
public final class WaitingLink {
  private final Role role;

  // The info_hash, without an object for it: there are many who wait.
  private final long word0;
  private final long word1;
  private final long word2;
  private final long word3;

  private final int slotHash;
  private final Waiter waiter;

  // The ring, while the link waits. Of WaitingTable and Rendezvous.
  @Nullable WaitingLink older;
  @Nullable WaitingLink newer;

  /// How many are in the ring; kept by the newest of it.
  int ringSize;

  /// @param hash the [KeyedHash] of `infoHash`, of which the lower half is kept
  public WaitingLink(Role role, InfoHash infoHash, long hash, Waiter waiter) {
    this.role = role;
    this.word0 = infoHash.word0();
    this.word1 = infoHash.word1();
    this.word2 = infoHash.word2();
    this.word3 = infoHash.word3();
    this.slotHash = (int) hash;
    this.waiter = waiter;
  }

  public Role role() {
    return role;
  }

  public InfoHash infoHash() {
    return new InfoHash(word0, word1, word2, word3);
  }

  /// Whether both are for one info_hash.
  boolean isForSameAs(WaitingLink other) {
    return slotHash == other.slotHash
        && word0 == other.word0
        && word1 == other.word1
        && word2 == other.word2
        && word3 == other.word3;
  }

  public Waiter waiter() {
    return waiter;
  }

  /// What spreads the links of a shard over its table.
  int slotHash() {
    return slotHash;
  }

  /// Whether the link is in a ring, and so can be paired.
  public boolean isWaiting() {
    return older != null;
  }
}
