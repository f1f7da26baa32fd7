package org.beaconrelay.server.splice;

/// Pumps that could go on but have to let others go first: they get their next turn once the event
/// loop has looked at its other descriptors.
///
/// **Thread:** data plane, shard-confined.
public final class Turns {
  private final PumpQueue queue = new PumpQueue();
  private final Runnable request;
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
    Pump end = queue.last();
    Pump pump;
    do {
      pump = queue.poll();
      if (pump != null) {
        pump.splice.onTurn(nowNs);
      }
    } while (pump != null && pump != end);
  }
}
