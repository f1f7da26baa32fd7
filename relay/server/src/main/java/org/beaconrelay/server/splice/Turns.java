package org.beaconrelay.server.splice;

/// Pumps that could go on but have to let others go first: they get their next turn once the event
/// loop has looked at its other descriptors.
///
/// **Thread:** data plane, shard-confined.
public final class Turns {
  private final Runnable request;
  private PumpQueue queue = new PumpQueue();
  private PumpQueue served = new PumpQueue();
  private boolean requested;

  /// @param request asks the event loop to call [#run] soon
  public Turns(Runnable request) {
    this.request = request;
  }

  void add(Pump pump) {
    queue.add(pump);
    if (!requested) {
      requested = true;
      request.run();
    }
  }

  /// Gives each pump that is queued now one turn; those that queue up again get theirs later.
  ///
  /// @param nowNs the clock
  public void run(long nowNs) {
    requested = false;
    PumpQueue now = queue;
    queue = served;
    served = now;
    for (Pump pump = now.poll(); pump != null; pump = now.poll()) {
      pump.splice.onTurn(nowNs);
    }
  }
}
