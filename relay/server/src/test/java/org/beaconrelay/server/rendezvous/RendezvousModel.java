package org.beaconrelay.server.rendezvous;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.jspecify.annotations.Nullable;

/// A [Rendezvous], and beside it what PROTOCOL.md, section 5, says in lists: events in any order,
/// and after each of them both have to agree.
final class RendezvousModel {
  private static final int INFO_HASHES = 60;

  /// So few that there are collisions, and some of them at the end of the table.
  private static final long[] HASHES = {0, 1, 63, 127, 64, 0x1_0000_0000L};

  /// Somebody who has announced.
  private static final class Endpoint implements Waiter {
    private final WaitingLink link;
    private Liveness liveness = Liveness.ALIVE;

    Endpoint(Role role, int infoHash) {
      this.link =
          new WaitingLink(
              role, new InfoHash(infoHash, 0, 0, 0), HASHES[infoHash % HASHES.length], this);
    }

    @Override
    public Liveness liveness() {
      return liveness;
    }
  }

  private final IntUnaryOperator below;
  private final int maxWaitingPerHash;
  private final Rendezvous rendezvous;

  /// Those who wait, by info_hash, oldest first.
  private final List<List<Endpoint>> waiting = new ArrayList<>();

  /// Some of those that do not any more.
  private final List<Endpoint> past = new ArrayList<>();

  private boolean draining;

  /// @param below chooses a number from 0 on that is below a bound
  RendezvousModel(IntUnaryOperator below) {
    this.below = below;
    this.maxWaitingPerHash = 1 + below.applyAsInt(4);
    this.rendezvous = new Rendezvous(maxWaitingPerHash);
    for (int i = 0; i < INFO_HASHES; i++) {
      waiting.add(new ArrayList<>());
    }
  }

  /// Something happens.
  void step() {
    switch (below.applyAsInt(20)) {
      case 0 -> {
        if (below.applyAsInt(20) == 0) {
          drain();
        }
      }
      case 1, 2, 3 -> withdraw();
      case 4, 5, 6, 7 -> age();
      default -> announce();
    }
    check();
  }

  private void announce() {
    int infoHash = below.applyAsInt(INFO_HASHES);
    Endpoint arriving =
        new Endpoint(below.applyAsInt(2) == 0 ? Role.BRIDGE : Role.BROKER, infoHash);
    List<Endpoint> there = waiting.get(infoHash);
    Outcome outcome = rendezvous.announce(arriving.link);
    if (draining) {
      require(outcome.equals(new Outcome.Rejected(RejectReason.DRAINING)), outcome);
      return;
    }
    if (!there.isEmpty() && there.getFirst().link.role() != arriving.link.role()) {
      Endpoint counterpart = newestThatMayBePaired(there);
      if (counterpart != null) {
        require(outcome.equals(new Outcome.Paired(counterpart.link)), outcome);
        there.remove(counterpart);
        past.add(counterpart);
        return;
      }
      past.addAll(there);
      there.clear();
    }
    Endpoint displaced = there.size() < maxWaitingPerHash ? null : there.removeFirst();
    require(
        outcome.equals(new Outcome.Waiting(displaced == null ? null : displaced.link)), outcome);
    if (displaced != null) {
      past.add(displaced);
    }
    there.add(arriving);
  }

  private static @Nullable Endpoint newestThatMayBePaired(List<Endpoint> there) {
    for (Liveness wanted : List.of(Liveness.ALIVE, Liveness.SUSPECT)) {
      for (Endpoint endpoint : there.reversed()) {
        if (endpoint.liveness == wanted) {
          return endpoint;
        }
      }
    }
    return null;
  }

  private @Nullable Endpoint anybody() {
    List<Endpoint> there = waiting.get(below.applyAsInt(INFO_HASHES));
    return there.isEmpty() ? null : there.get(below.applyAsInt(there.size()));
  }

  private void withdraw() {
    if (!past.isEmpty() && below.applyAsInt(4) == 0) {
      rendezvous.withdraw(past.get(below.applyAsInt(past.size())).link); // nothing happens
      return;
    }
    Endpoint endpoint = anybody();
    if (endpoint != null) {
      rendezvous.withdraw(endpoint.link);
      waiting.forEach(there -> there.remove(endpoint));
      past.add(endpoint);
    }
  }

  /// Somebody's liveness changes.
  private void age() {
    Endpoint endpoint = anybody();
    if (endpoint != null) {
      endpoint.liveness = Liveness.values()[below.applyAsInt(Liveness.values().length)];
    }
  }

  private void drain() {
    Set<WaitingLink> expected = new HashSet<>();
    for (List<Endpoint> there : waiting) {
      there.forEach(endpoint -> expected.add(endpoint.link));
      past.addAll(there);
      there.clear();
    }
    List<WaitingLink> told = rendezvous.drain();
    require(told.size() == expected.size() && expected.containsAll(told), told.size());
    draining = true;
  }

  private void check() {
    int count = waiting.stream().mapToInt(List::size).sum();
    require(rendezvous.waitingCount() == count, rendezvous.waitingCount());
    for (List<Endpoint> there : waiting) {
      require(there.stream().allMatch(endpoint -> endpoint.link.isWaiting()), "left out");
      require(there.size() <= maxWaitingPerHash, there.size());
    }
    require(past.stream().noneMatch(endpoint -> endpoint.link.isWaiting()), "still waiting");
    while (past.size() > INFO_HASHES) {
      past.removeFirst();
    }
  }

  private static void require(boolean holds, Object instead) {
    if (!holds) {
      throw new AssertionError("not as the protocol says: " + instead);
    }
  }
}
