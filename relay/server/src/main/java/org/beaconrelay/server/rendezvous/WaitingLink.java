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
  private final InfoHash infoHash;
  private final long hash;
  private final Waiter waiter;

  // The ring, while the link waits. Of WaitingTable and Rendezvous.
  @Nullable WaitingLink older;
  @Nullable WaitingLink newer;

  /// How many are in the ring; kept by the newest of it.
  int ringSize;

  /// @param hash the [KeyedHash] of `infoHash`
  public WaitingLink(Role role, InfoHash infoHash, long hash, Waiter waiter) {
    this.role = role;
    this.infoHash = infoHash;
    this.hash = hash;
    this.waiter = waiter;
  }

  public Role role() {
    return role;
  }

  public InfoHash infoHash() {
    return infoHash;
  }

  public Waiter waiter() {
    return waiter;
  }

  long hash() {
    return hash;
  }

  /// Whether the link is in a ring, and so can be paired.
  public boolean isWaiting() {
    return older != null;
  }
}
