package org.beaconrelay.server.splice;

import org.jspecify.annotations.Nullable;

/// How fast the flows of a shard may be, and who has to wait because of it. Those wait for the next
/// tick, all of them together, for one timer.
///
/// **Thread:** data plane, shard-confined.
public final class Rates {
  /// From one tick to the next; then a flow has a fifth of what its bucket holds.
  public static final long TICK_NS = 25_000_000;

  private final Runnable request;
  private final long pairBytesPerSecond;
  private final @Nullable RateQueue toBroker;
  private final @Nullable RateQueue toBridge;
  private final PumpQueue rests = new PumpQueue();
  private boolean requested;

  /// @param request asks for a [#run] in [#TICK_NS]
  /// @param pairBytesPerSecond of a flow, 0 = without limit
  /// @param toBroker of all flows to brokers, null = without limit
  /// @param toBridge of all flows to bridges, null likewise
  public Rates(
      Runnable request,
      long pairBytesPerSecond,
      @Nullable TotalRate toBroker,
      @Nullable TotalRate toBridge) {
    this.request = request;
    this.pairBytesPerSecond = pairBytesPerSecond;
    this.toBroker = toBroker == null ? null : new RateQueue(toBroker, this::requestTick);
    this.toBridge = toBridge == null ? null : new RateQueue(toBridge, this::requestTick);
  }

  /// For a new flow to a broker.
  Throttle toBroker(long nowNs) {
    return new Throttle(this, toBroker, pairBytesPerSecond, nowNs);
  }

  /// For a new flow to a bridge.
  Throttle toBridge(long nowNs) {
    return new Throttle(this, toBridge, pairBytesPerSecond, nowNs);
  }

  /// Lets a pump wait until it has gathered something.
  void rest(Pump pump) {
    rests.add(pump);
    requestTick();
  }

  private void requestTick() {
    if (!requested) {
      requested = true;
      request.run();
    }
  }

  /// It is time: gives those a turn that wait now, as far as there is something for them.
  ///
  /// @param nowNs the clock
  public void run(long nowNs) {
    requested = false;
    runRests(nowNs);
    if (toBroker != null) {
      toBroker.run(nowNs);
    }
    if (toBridge != null) {
      toBridge.run(nowNs);
    }
  }

  /// Those that rest again do so until the next tick.
  private void runRests(long nowNs) {
    for (int resting = rests.size(); resting > 0; resting--) {
      Pump pump = rests.poll();
      if (pump == null) {
        return; // somebody's turn has ended others
      }
      pump.splice.onTurn(nowNs);
    }
  }
}
