package org.beaconrelay.server.rendezvous;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The waiting links of a shard by info_hash, newest first.
///
/// **Thread:** shard-confined.
final class WaitingTable {
  /*
   * Open addressing with linear probing, at most half full, and removal that shifts back what was pushed
   * on: a slot is one reference, and there is nothing else than the links themselves. A HashMap of queues
   * would take more memory for a single waiting link than the link does.
   *
   * All links of one info_hash have the same role (two roles would have been paired), so a ring needs no
   * second key.
   */

  private static final int INITIAL_SLOTS = 64;

  private @Nullable WaitingLink[] newest = new WaitingLink[INITIAL_SLOTS];
  private int ringCount;
  private int linkCount;

  /// The newest link that waits for the same info_hash as `link`, or null.
  @Nullable WaitingLink newest(WaitingLink link) {
    return newest[slotOf(link)];
  }

  /// How many links wait for the same as `newest`.
  static int count(WaitingLink newest) {
    return newest.ringSize;
  }

  /// The one that has waited longest of those that wait for the same as `newest`.
  static WaitingLink oldest(WaitingLink newest) {
    return inRing(newest.newer); // the ring closes behind the newest
  }

  /// The one that came before `link`, or, behind the oldest, the newest.
  static WaitingLink nextOlder(WaitingLink link) {
    return inRing(link.older);
  }

  /// Adds a link as the newest of its info_hash.
  void add(WaitingLink link) {
    assert !link.isWaiting();
    int slot = slotOf(link);
    WaitingLink newestSoFar = newest[slot];
    if (newestSoFar == null) {
      link.older = link;
      link.newer = link;
      link.ringSize = 1;
      ringCount++;
    } else {
      WaitingLink oldest = oldest(newestSoFar);
      link.older = newestSoFar;
      link.newer = oldest;
      newestSoFar.newer = link;
      oldest.older = link;
      link.ringSize = newestSoFar.ringSize + 1;
    }
    newest[slot] = link;
    linkCount++;
    if (ringCount * 2 > newest.length) {
      resize(newest.length * 2);
    }
  }

  /// Removes a link that waits.
  void remove(WaitingLink link) {
    WaitingLink older = inRing(link.older);
    WaitingLink newer = inRing(link.newer);
    int slot = slotOf(link);
    if (older == link) {
      ringCount--;
      removeSlot(slot);
    } else {
      older.newer = newer;
      newer.older = older;
      WaitingLink newestNow = newest[slot] == link ? older : inRing(newest[slot]);
      newestNow.ringSize = inRing(newest[slot]).ringSize - 1;
      newest[slot] = newestNow;
    }
    link.older = null;
    link.newer = null;
    linkCount--;
    if (newest.length > INITIAL_SLOTS && ringCount * 8 < newest.length) {
      resize(newest.length / 2);
    }
  }

  /// Removes all links that wait for the same as `newest`.
  void removeRing(WaitingLink newest) {
    WaitingLink link = newest;
    while (link.isWaiting()) {
      WaitingLink older = nextOlder(link);
      remove(link);
      link = older;
    }
  }

  /// Removes all links.
  ///
  /// @return them, in no order
  List<WaitingLink> removeAll() {
    List<WaitingLink> removed = new ArrayList<>(linkCount);
    for (WaitingLink head : newest.clone()) {
      WaitingLink link = head;
      while (link != null && link.isWaiting()) {
        WaitingLink older = nextOlder(link);
        remove(link);
        removed.add(link);
        link = older;
      }
    }
    return removed;
  }

  int linkCount() {
    return linkCount;
  }

  /// The slot of the info_hash that `link` is for, or the free one where it would go.
  private int slotOf(WaitingLink link) {
    int mask = newest.length - 1;
    int slot = link.slotHash() & mask;
    WaitingLink there = newest[slot];
    while (there != null && !there.isForSameAs(link)) {
      slot = (slot + 1) & mask;
      there = newest[slot];
    }
    return slot;
  }

  /// Frees a slot, and moves up those behind it that a search would no longer find.
  private void removeSlot(int slot) {
    int mask = newest.length - 1;
    int hole = slot;
    int next = slot;
    newest[hole] = null;
    while (true) {
      next = (next + 1) & mask;
      WaitingLink link = newest[next];
      if (link == null) {
        return;
      }
      int home = link.slotHash() & mask;
      boolean reachable = ((next - home) & mask) < ((next - hole) & mask);
      if (!reachable) {
        newest[hole] = link;
        newest[next] = null;
        hole = next;
      }
    }
  }

  private void resize(int slots) {
    @Nullable WaitingLink[] before = newest;
    newest = new WaitingLink[slots];
    for (WaitingLink link : before) {
      if (link != null) {
        newest[slotOf(link)] = link;
      }
    }
  }

  private static WaitingLink inRing(@Nullable WaitingLink link) {
    if (link == null) {
      throw new IllegalStateException("not waiting");
    }
    return link;
  }
}
