package org.beaconrelay.server;

import java.util.ArrayList;
import java.util.List;
import org.beaconrelay.server.rendezvous.Rendezvous;
import org.beaconrelay.server.splice.Flow;
import org.jspecify.annotations.Nullable;

/// Holds the books of a shard against each other: what its links say, one by one, against what was
/// counted while they came and went.
///
/// It costs a look at each link, some nanoseconds.
///
/// **Thread:** shard-confined; between two wake-ups, when nothing is half done.
final class ShardAudit {
  /// What was counted while links came and went.
  ///
  /// @param links that should be here: accepted or come from other shards, less those that ended or
  ///   left
  /// @param onTheWay links that left for other shards, less those that came from there; may be
  ///   negative
  /// @param pairs pairs made, less those that ended
  /// @param endedBytes delivered by pairs that have ended
  /// @param movedBytes delivered by all pairs there were
  record Books(long links, int onTheWay, int pairs, long endedBytes, long movedBytes) {}

  private final Rendezvous rendezvous;
  private final List<String> faults = new ArrayList<>();
  private int pendingLinks;
  private int waitingLinks;
  private int placesTaken;
  private int pairedLinks;
  private int refusedLinks;
  private int closedLinks;
  private int flowsHoldingBytes;
  private long deliveredBytes;

  private ShardAudit(Rendezvous rendezvous) {
    this.rendezvous = rendezvous;
  }

  static Census take(@Nullable Link first, Rendezvous rendezvous, ShardStatus held, Books books) {
    ShardAudit audit = new ShardAudit(rendezvous);
    for (Link link = first; link != null; link = link.next) {
      audit.count(link);
    }
    return audit.conclude(held, books);
  }

  private void count(Link link) {
    switch (link.state()) {
      case ANNOUNCING, PROVING, VERIFYING, ROUTING -> pendingLinks++;
      case WAITING -> {
        waitingLinks++;
        placesTaken += link.holdsPlace() ? 1 : 0;
      }
      case SWITCHING, PAIRED -> {
        pairedLinks++;
        count(link, link.pair());
      }
      case REFUSING -> refusedLinks++;
      case CLOSED -> closedLinks++;
    }
  }

  private void count(Link link, @Nullable Pair pair) {
    if (pair == null) {
      faults.add("a paired link has no pair");
    } else if (pair.bridge() == link) {
      count(pair.toBroker());
      count(pair.toBridge());
    }
  }

  private void count(Flow flow) {
    deliveredBytes += flow.deliveredBytes();
    flowsHoldingBytes += flow.inPipeBytes() > 0 ? 1 : 0;
  }

  private Census conclude(ShardStatus held, Books books) {
    int links = pendingLinks + waitingLinks + pairedLinks + refusedLinks;
    require("closed links among the open ones", closedLinks, 0);
    require("open links", links, books.links());
    require("waiting links", placesTaken, rendezvous.waitingCount());
    require("links of pairs", pairedLinks, 2L * books.pairs());
    require("leased pipes", flowsHoldingBytes, held.leasedPipes());
    require("delivered bytes", deliveredBytes + books.endedBytes(), books.movedBytes());
    return new Census(
        pendingLinks, waitingLinks, books.pairs(), refusedLinks, books.onTheWay(), held, faults);
  }

  private void require(String what, long found, long counted) {
    if (found != counted) {
      faults.add("%s: %d found, %d counted".formatted(what, found, counted));
    }
  }
}
