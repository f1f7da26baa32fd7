package org.beaconrelay.server.splice;

/// The flows of a shard and of one direction that wait for their part of a [TotalRate], first come
/// first served.
///
/// At each tick a flow gets a fair part: what has come since the last one, by the number of all
/// that wait, in whatever shard. So a shard that comes first takes no more than the others, and a
/// flow that wants more than its part stands behind those that had none yet.
///
/// **Thread:** data plane, shard-confined.
final class RateQueue {
  /// Less would be a system call for next to nothing.
  private static final int MIN_PART_BYTES = 4096;

  /// What comes in less is left to gather.
  private static final long MIN_GRANT_NS = 4_000_000;

  private final TotalRate total;
  private final Runnable request;
  private final PumpQueue queue = new PumpQueue();
  private final long minGrantBytes;
  private final long tickBytes;
  private int publishedWaiting;
  private long lastRunNs;
  private boolean serving;
  private long partLeftBytes;

  /// @param request asks for a [#run] at the next tick
  RateQueue(TotalRate total, Runnable request) {
    this.total = total;
    this.request = request;
    this.minGrantBytes = total.bytesIn(MIN_GRANT_NS);
    this.tickBytes = total.bytesIn(Rates.TICK_NS);
  }

  /// What a flow may take now that wants to; 0 if it has to wait.
  long grantBytes(long nowNs) {
    if (serving) {
      return Math.min(partLeftBytes, total.availableBytes(nowNs));
    }
    long available = queue.isEmpty() ? total.availableBytes(nowNs) : 0;
    return available < minGrantBytes ? 0 : available;
  }

  void taken(int bytes, long nowNs) {
    total.take(bytes, nowNs);
    partLeftBytes -= bytes;
  }

  /// Lets a flow wait for its turn.
  void add(Pump pump) {
    queue.add(pump);
    request.run();
  }

  /// Serves those that wait now, as far as there is something.
  void run(long nowNs) {
    int count = queue.size();
    if (count == 0) {
      publish(0);
      return;
    }
    long sinceNs = Math.min(Math.max(nowNs - lastRunNs, 0), TotalRate.BURST_NS);
    lastRunNs = nowNs;
    long partBytes =
        Math.max(MIN_PART_BYTES, total.bytesIn(sinceNs) / Math.max(count, publish(count)));
    serving = true;
    try {
      serve(count, partBytes, nowNs);
      while (!queue.isEmpty() && total.availableBytes(nowNs) > tickBytes) {
        serve(queue.size(), partBytes, nowNs); // others have left that much of their parts
      }
    } finally {
      serving = false;
    }
    publish(queue.size());
    if (!queue.isEmpty()) {
      request.run(); // not all were served
    }
  }

  private void serve(int count, long partBytes, long nowNs) {
    for (int left = count; left > 0 && total.availableBytes(nowNs) > 0; left--) {
      Pump pump = queue.poll();
      if (pump == null) {
        return; // somebody's turn has ended others
      }
      partLeftBytes = partBytes;
      pump.splice.onTurn(nowNs);
    }
  }

  private int publish(int waiting) {
    int all = total.addWaiting(waiting - publishedWaiting);
    publishedWaiting = waiting;
    return all;
  }
}
