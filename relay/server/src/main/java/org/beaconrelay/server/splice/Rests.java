package org.beaconrelay.server.splice;

import org.jspecify.annotations.Nullable;

/// Flows that go on a moment later, all together: bulk flows that let some bytes gather, and flows
/// that wait until their sinks have less in their queues, where pipes are scarce.
///
/// A bulk flow that is alone does not rest: what it finds is plenty by then, and nobody shares the
/// wake-up that ends the rest.
///
/// **Thread:** data plane, shard-confined.
public final class Rests {
  private final Runnable request;
  private final PumpQueue queue = new PumpQueue();
  private @Nullable Pump last;

  /// @param request asks the event loop to call [#endAll] a moment later
  public Rests(Runnable request) {
    this.request = request;
  }

  /// Has a pump rest.
  void add(Pump pump) {
    if (queue.isEmpty()) {
      request.run();
    }
    queue.add(pump);
  }

  /// Has a bulk flow's pump rest, unless it is the one that wanted to last time as well.
  ///
  /// @return whether it rests
  boolean take(Pump pump) {
    boolean alone = last == null || last == pump;
    last = pump;
    if (!alone) {
      add(pump);
    }
    return !alone;
  }

  /// Knows a pump no more that is at its end.
  void forget(Pump pump) {
    if (last == pump) {
      last = null;
    }
  }

  /// Ends all rests.
  ///
  /// @param turns what those get who have rested
  public void endAll(Turns turns) {
    for (Pump pump = queue.poll(); pump != null; pump = queue.poll()) {
      turns.add(pump);
    }
  }
}
