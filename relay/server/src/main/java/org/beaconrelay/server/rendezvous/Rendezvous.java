package org.beaconrelay.server.rendezvous;

import java.util.List;
import org.beaconrelay.protocol.RejectReason;
import org.jspecify.annotations.Nullable;

/// Pairs the links of a shard (PROTOCOL.md, section 5).
///
/// - At most one role waits for an info_hash.
/// - A link gets the newest waiting link of the other role that is alive; failing that the newest
///   that is suspect; never one that is gone.
/// - At the limit for one info_hash and role the oldest goes and the new one stays: an endpoint
///   that was restarted must not be locked out by its own stale links.
///
/// **Thread:** shard-confined.
public final class Rendezvous {
  private final WaitingTable waiting = new WaitingTable();
  private final int maxWaitingPerHash;
  private boolean draining;

  /// @param maxWaitingPerHash links that may wait for one info_hash, at least 1
  public Rendezvous(int maxWaitingPerHash) {
    this.maxWaitingPerHash = maxWaitingPerHash;
  }

  /// Finds a counterpart, or lets the link wait for one.
  public Outcome announce(WaitingLink arriving) {
    if (draining) {
      return new Outcome.Rejected(RejectReason.DRAINING);
    }
    WaitingLink newest = waiting.newest(arriving);
    if (newest != null && newest.role() != arriving.role()) {
      WaitingLink counterpart = liveliest(newest);
      if (counterpart != null) {
        waiting.remove(counterpart);
        return new Outcome.Paired(counterpart);
      }
      // Those that are gone have yet to be told so; they must not stand beside the other role.
      waiting.removeRing(newest);
      newest = null;
    }
    WaitingLink displaced = null;
    if (newest != null && WaitingTable.count(newest) >= maxWaitingPerHash) {
      displaced = WaitingTable.oldest(newest);
      waiting.remove(displaced);
    }
    waiting.add(arriving);
    return new Outcome.Waiting(displaced);
  }

  private static @Nullable WaitingLink liveliest(WaitingLink newest) {
    WaitingLink suspect = null;
    WaitingLink candidate = newest;
    do {
      switch (candidate.waiter().liveness()) {
        case ALIVE -> {
          return candidate;
        }
        case SUSPECT -> suspect = suspect == null ? candidate : suspect;
        case GONE -> {}
      }
      candidate = WaitingTable.nextOlder(candidate);
    } while (candidate != newest);
    return suspect;
  }

  /// Takes a link out that no longer wants to wait. Does nothing if it does not wait.
  public void withdraw(WaitingLink link) {
    if (link.isWaiting()) {
      waiting.remove(link);
    }
  }

  /// From now on every announce is rejected, and nobody waits any more.
  ///
  /// @return those that waited
  public List<WaitingLink> drain() {
    draining = true;
    return waiting.removeAll();
  }

  /// How many links wait.
  public int waitingCount() {
    return waiting.linkCount();
  }
}
