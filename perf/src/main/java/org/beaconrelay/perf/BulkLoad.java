package org.beaconrelay.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// As many bytes as the relay takes, through every pair.
public final class BulkLoad implements Load {
  private static final long FINISH_TIMEOUT_NS = 10_000_000_000L;

  private final List<BulkFlow> flows;
  private final CompletableFuture<Void> failure;
  private final boolean endsArrive;

  private BulkLoad(List<BulkFlow> flows, CompletableFuture<Void> failure, boolean endsArrive) {
    this.flows = flows;
    this.failure = failure;
    this.endsArrive = endsArrive;
    flows.forEach(BulkFlow::start);
  }

  /// From the bridge to the broker of each pair.
  ///
  /// @param endsArrive whether the relay passes the end of a stream on, which then proves that no
  ///   byte came behind it
  public static BulkLoad oneWay(List<Pair> pairs, boolean endsArrive) {
    CompletableFuture<Void> failure = new CompletableFuture<>();
    List<BulkFlow> flows = new ArrayList<>();
    for (Pair pair : pairs) {
      flows.add(new BulkFlow(pair.bridge(), pair.broker(), failure));
    }
    return new BulkLoad(flows, failure, endsArrive);
  }

  /// In both directions of each pair at a time.
  public static BulkLoad bothWays(List<Pair> pairs, boolean endsArrive) {
    CompletableFuture<Void> failure = new CompletableFuture<>();
    List<BulkFlow> flows = new ArrayList<>();
    for (Pair pair : pairs) {
      flows.add(new BulkFlow(pair.bridge(), pair.broker(), failure));
      flows.add(new BulkFlow(pair.broker(), pair.bridge(), failure));
    }
    return new BulkLoad(flows, failure, endsArrive);
  }

  @Override
  public long delivered() {
    return flows.stream().mapToLong(BulkFlow::receivedBytes).sum();
  }

  @Override
  public CompletableFuture<Void> failure() {
    return failure;
  }

  @Override
  public void finish() throws InterruptedException, RunFailedException {
    flows.forEach(BulkFlow::stop);
    long deadlineNs = System.nanoTime() + FINISH_TIMEOUT_NS;
    for (BulkFlow flow : flows) {
      flow.awaitDelivered(deadlineNs);
    }
    if (!endsArrive) {
      return;
    }
    // Only now, because HAProxy 2.6 with splice loses bytes when both streams of a pair end with
    // data under way, and others end the whole pair with its first stream.
    for (BulkFlow flow : flows) {
      flow.awaitEnd(deadlineNs);
    }
  }

  @Override
  public void close() {
    flows.forEach(BulkFlow::abort);
  }
}
