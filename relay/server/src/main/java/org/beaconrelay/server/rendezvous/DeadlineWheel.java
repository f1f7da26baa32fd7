package org.beaconrelay.server.rendezvous;

import org.jspecify.annotations.Nullable;

/// Deadlines of a shard, by the time at which they are due. A deadline is met at most one tick late
/// and never early.
///
/// **Thread:** shard-confined.
public final class DeadlineWheel {
  /*
   * A hashed wheel (Varghese and Lauck, 1987, scheme 6): a deadline hangs in the slot of its tick modulo
   * the number of slots, in a list that it is itself a node of, so that scheduling and cancelling cost a
   * few stores and no allocation. Each tick looks at one slot; what is due in a later round stays there.
   */

  private static final int TICK_SHIFT = 25;
  private static final int SLOTS = 512;

  /// One slot more, for what is due right now: an action may still cancel another one there.
  private static final int DUE = SLOTS;

  /// The grain of time: 2^25 ns, about 34 ms.
  public static final long TICK_NS = 1L << TICK_SHIFT;

  /// What [#nextLookNs] answers where there is nothing to look for.
  public static final long NEVER = Long.MAX_VALUE;

  private final @Nullable Deadline[] slots = new Deadline[SLOTS + 1];
  private long lastTick;
  private int count;

  /// @param nowNs the clock, of any origin
  public DeadlineWheel(long nowNs) {
    lastTick = nowNs >> TICK_SHIFT;
  }

  /// Schedules a deadline, or moves one that is scheduled.
  ///
  /// @param dueNs by the same clock; what is in the past is due at the next tick
  /// @return by when [#expire] has to be called for it
  public long schedule(Deadline deadline, long dueNs) {
    cancel(deadline);
    deadline.dueNs = dueNs;
    // Rounded up, so that it is never early; and not into a tick that has gone by.
    long tick = Math.max((dueNs >> TICK_SHIFT) + 1, lastTick + 1);
    add(deadline, slotOf(tick));
    return tick << TICK_SHIFT;
  }

  private static int slotOf(long tick) {
    return (int) (tick & (SLOTS - 1));
  }

  private void add(Deadline deadline, int slot) {
    Deadline first = slots[slot];
    deadline.slot = slot;
    deadline.next = first;
    if (first != null) {
      first.previous = deadline;
    }
    slots[slot] = deadline;
    count++;
  }

  /// Takes a deadline out. Does nothing if it is not scheduled.
  public void cancel(Deadline deadline) {
    if (!deadline.isScheduled()) {
      return;
    }
    if (deadline.previous == null) {
      slots[deadline.slot] = deadline.next;
    } else {
      deadline.previous.next = deadline.next;
    }
    if (deadline.next != null) {
      deadline.next.previous = deadline.previous;
    }
    deadline.slot = Deadline.NONE;
    deadline.previous = null;
    deadline.next = null;
    count--;
  }

  /// Does what is due. An action may schedule and cancel any deadline, its own too.
  public void expire(long nowNs) {
    long tick = nowNs >> TICK_SHIFT;
    // After a long stop one round looks at every slot, and more rounds would find nothing more.
    long firstTick = Math.max(lastTick + 1, tick - SLOTS + 1);
    lastTick = tick;
    for (long passed = firstTick; passed <= tick; passed++) {
      moveDue(slotOf(passed), nowNs);
    }
    Deadline due = slots[DUE];
    while (due != null) {
      cancel(due);
      due.expire();
      due = slots[DUE];
    }
  }

  private void moveDue(int slot, long nowNs) {
    Deadline deadline = slots[slot];
    while (deadline != null) {
      Deadline following = deadline.next;
      if (deadline.dueNs - nowNs <= 0) {
        cancel(deadline);
        add(deadline, DUE);
      }
      deadline = following;
    }
  }

  /// When to call [#expire] next: not later than anything is due. [#NEVER] if nothing is scheduled.
  public long nextLookNs() {
    if (count == 0) {
      return NEVER;
    }
    long tick = lastTick + 1;
    while (slots[DUE] == null && slots[slotOf(tick)] == null) {
      tick++;
    }
    return tick << TICK_SHIFT;
  }
}
