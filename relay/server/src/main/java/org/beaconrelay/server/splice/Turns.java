package org.beaconrelay.server.splice;

/// How much a shard moves before it looks at its descriptors again, and the pumps that could go on
/// but have to let others go first.
///
/// The bytes of a round are shared: however many bulk flows there are, who has a message finds the
/// event loop no more than about a round, and the least of each that is ready, away.
///
/// **Thread:** data plane, shard-confined.
public final class Turns {
  /// About half a millisecond of work, and many times what the extra look costs.
  static final int ROUND_BYTES = 1 << 20;

  /// What a pump may move in any case whose socket is ready: it may be a message.
  static final int LEAST_BYTES = 64 << 10;

  private final Runnable request;
  private final PumpQueue queue = new PumpQueue();
  private long leftBytes = ROUND_BYTES;
  private boolean requested;

  /// @param request asks the event loop to call [#run] soon
  public Turns(Runnable request) {
    this.request = request;
  }

  void add(Pump pump) {
    queue.add(pump);
    requestRun();
  }

  private void requestRun() {
    if (!requested) {
      requested = true;
      request.run();
    }
  }

  /// What one call may take of a source.
  int fillBytes() {
    return (int) Math.max(LEAST_BYTES, leftBytes);
  }

  void taken(int bytes) {
    leftBytes -= bytes;
  }

  /// Whether who has moved something has to let others go first.
  boolean isRoundOver() {
    return leftBytes <= 0;
  }

  /// Begins a round: gives the pumps that are queued now a turn each, as far as its bytes go. The
  /// others get theirs later, and so do those that queue up again.
  ///
  /// @param nowNs the clock
  public void run(long nowNs) {
    requested = false;
    leftBytes = ROUND_BYTES;
    for (int queued = queue.size(); queued > 0 && !isRoundOver(); queued--) {
      Pump pump = queue.poll();
      if (pump == null) {
        return; // somebody's turn has ended others
      }
      pump.splice.onTurn(nowNs);
    }
    if (!queue.isEmpty()) {
      requestRun();
    }
  }
}
