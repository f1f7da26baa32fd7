package org.beaconrelay.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// As many bytes as the relay takes, through every pair.
final class BulkLoad implements Load {
  private static final long FINISH_TIMEOUT_NS = 10_000_000_000L;

  private final List<BulkFlow> flows;
  private final CompletableFuture<Void> failure;

  private BulkLoad(List<BulkFlow> flows, CompletableFuture<Void> failure) {
    this.flows = flows;
    this.failure = failure;
    flows.forEach(BulkFlow::start);
  }

  /// From the bridge to the broker of each pair.
  static BulkLoad oneWay(Pairs pairs) {
    CompletableFuture<Void> failure = new CompletableFuture<>();
    List<BulkFlow> flows = new ArrayList<>();
    for (Pair pair : pairs.all()) {
      flows.add(new BulkFlow(pair.bridge(), pair.broker(), failure));
    }
    return new BulkLoad(flows, failure);
  }

  /// In both directions of each pair at a time.
  static BulkLoad bothWays(Pairs pairs) {
    CompletableFuture<Void> failure = new CompletableFuture<>();
    List<BulkFlow> flows = new ArrayList<>();
    for (Pair pair : pairs.all()) {
      flows.add(new BulkFlow(pair.bridge(), pair.broker(), failure));
      flows.add(new BulkFlow(pair.broker(), pair.bridge(), failure));
    }
    return new BulkLoad(flows, failure);
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
      flow.awaitEnd(deadlineNs);
    }
  }

  @Override
  public void close() {
    flows.forEach(BulkFlow::abort);
  }
}
