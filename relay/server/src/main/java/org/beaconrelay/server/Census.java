package org.beaconrelay.server;

import java.util.ArrayList;
import java.util.List;

/// What shards hold at a moment, counted link by link, and whether that agrees with what they have
/// counted all along.
///
/// @param pendingLinks links that have not announced yet, or whose announce is not proved yet
/// @param waitingLinks links that wait for a counterpart
/// @param pairs pairs that are open, two links each
/// @param refusedLinks links that were turned away, and may take a moment to end
/// @param onTheWay links that have left a shard for another one and have not been counted there
/// @param held pipes and what they may hold
/// @param faults what does not agree, in words; empty if all is well
public record Census(
    int pendingLinks,
    int waitingLinks,
    int pairs,
    int refusedLinks,
    int onTheWay,
    ShardStatus held,
    List<String> faults) {
  static final Census NOTHING = new Census(0, 0, 0, 0, 0, ShardStatus.NOTHING, List.of());

  public Census {
    faults = List.copyOf(faults);
  }

  /// Links that are open.
  public int links() {
    return pendingLinks + waitingLinks + 2 * pairs + refusedLinks;
  }

  Census plus(Census other) {
    List<String> all = new ArrayList<>(faults);
    all.addAll(other.faults);
    return new Census(
        pendingLinks + other.pendingLinks,
        waitingLinks + other.waitingLinks,
        pairs + other.pairs,
        refusedLinks + other.refusedLinks,
        onTheWay + other.onTheWay,
        held.plus(other.held),
        all);
  }

  Census withFault(String fault) {
    return plus(new Census(0, 0, 0, 0, 0, ShardStatus.NOTHING, List.of(fault)));
  }
}
