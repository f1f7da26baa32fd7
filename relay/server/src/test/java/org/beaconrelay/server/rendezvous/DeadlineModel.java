package org.beaconrelay.server.rendezvous;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// A [DeadlineWheel], and beside it a list of what is due when: events in any order, and after each
/// of them both have to agree.
final class DeadlineModel {
  private static final int DEADLINES = 40;
  private static final long TICK_NS = DeadlineWheel.TICK_NS;

  /// A deadline that may do something to another one once it is due.
  private final class Entry {
    private final Deadline deadline = new Deadline(this::expire);
    private boolean scheduled;
    private long dueNs;

    private void schedule(long wantedNs) {
      long lookNs = wheel.schedule(deadline, wantedNs);
      scheduled = true;
      dueNs = Math.max(wantedNs, lookedNs); // what is in the past is due at the next tick
      require(lookNs > dueNs, "told to look too early");
      require(lookNs <= dueNs + TICK_NS, "told to look too late");
    }

    private void cancel() {
      wheel.cancel(deadline);
      scheduled = false;
    }

    private void expire() {
      require(scheduled, "expired though it was cancelled, or twice");
      require(dueNs <= nowNs, "early");
      scheduled = false;
      Entry other = entries.get(below.applyAsInt(DEADLINES));
      switch (below.applyAsInt(6)) {
        case 0 -> other.cancel();
        case 1 -> other.schedule(nowNs + someNs());
        case 2 -> schedule(nowNs + someNs());
        default -> {}
      }
    }
  }

  private final IntUnaryOperator below;
  private final List<Entry> entries = new ArrayList<>();
  private final DeadlineWheel wheel;
  private long nowNs;
  private long lookedNs;

  /// @param below chooses a number from 0 on that is below a bound
  DeadlineModel(IntUnaryOperator below, long startNs) {
    this.below = below;
    this.nowNs = startNs;
    this.lookedNs = startNs;
    this.wheel = new DeadlineWheel(startNs);
    for (int i = 0; i < DEADLINES; i++) {
      entries.add(new Entry());
    }
  }

  /// Something happens.
  void step() {
    Entry entry = entries.get(below.applyAsInt(DEADLINES));
    switch (below.applyAsInt(8)) {
      case 0, 1, 2 -> entry.schedule(nowNs + someNs());
      case 3 -> entry.schedule(nowNs - someNs());
      case 4 -> entry.cancel();
      case 5 -> nowNs += someNs(); // nobody looks
      default -> {
        nowNs += someNs();
        lookedNs = nowNs;
        wheel.expire(nowNs);
        for (Entry each : entries) {
          require(!each.scheduled || each.dueNs > nowNs - TICK_NS, "late");
        }
      }
    }
    check();
  }

  /// Less than a tick, some ticks, or more than the wheel has.
  private long someNs() {
    long fraction = below.applyAsInt(1 << 25);
    return switch (below.applyAsInt(3)) {
      case 0 -> fraction;
      case 1 -> fraction + below.applyAsInt(20) * TICK_NS;
      default -> fraction + below.applyAsInt(2_000) * TICK_NS;
    };
  }

  private void check() {
    long earliestNs = Long.MAX_VALUE;
    for (Entry entry : entries) {
      require(entry.scheduled == entry.deadline.isScheduled(), "not as scheduled");
      if (entry.scheduled) {
        earliestNs = Math.min(earliestNs, entry.dueNs);
      }
    }
    long lookNs = wheel.nextLookNs();
    if (earliestNs == Long.MAX_VALUE) {
      require(lookNs == DeadlineWheel.NEVER, "nothing to look for");
    } else {
      require(lookNs <= earliestNs + TICK_NS, "would look too late");
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
