package org.beaconrelay.server.splice;

import org.jspecify.annotations.Nullable;

/// Pumps in a row, first come first served. A pump is in one queue at most, and leaves it from any
/// place in constant time.
///
/// **Thread:** data plane, shard-confined.
final class PumpQueue {
  private @Nullable Pump first;
  private @Nullable Pump last;
  private int size;

  void add(Pump pump) {
    assert pump.queue == null : "already queued";
    pump.queue = this;
    pump.previous = last;
    if (last == null) {
      first = pump;
    } else {
      last.next = pump;
    }
    last = pump;
    size++;
  }

  /// The pump that has waited longest, or null.
  @Nullable Pump poll() {
    Pump pump = first;
    if (pump != null) {
      remove(pump);
    }
    return pump;
  }

  void remove(Pump pump) {
    assert pump.queue == this : "not in this queue";
    if (pump.previous == null) {
      first = pump.next;
    } else {
      pump.previous.next = pump.next;
    }
    if (pump.next == null) {
      last = pump.previous;
    } else {
      pump.next.previous = pump.previous;
    }
    size--;
    pump.queue = null;
    pump.previous = null;
    pump.next = null;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return first == null;
  }
}
