package org.beaconrelay.perf.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import org.beaconrelay.perf.BulkFlow;
import org.beaconrelay.perf.Pair;
import org.beaconrelay.perf.RunFailedException;
import org.jspecify.annotations.Nullable;

/// Bytes through all pairs, until the measured time is over. Then nobody sends any more, and what
/// is under way is received: slow readers take the rest of it as fast as it comes, so that each
/// byte that the relay has held back for them is accounted for.
///
/// **Owns:** the pairs, and a thread beside those of the flows.
final class BulkRun extends LoadRun {
  private static final long FINISH_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);
  private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Opened<Pair> pairs;
  private final List<BulkFlow> flows = new ArrayList<>();
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private final Thread thread = Thread.ofPlatform().name("load-bulk").unstarted(this::run);
  private volatile @Nullable String problem;

  private BulkRun(Bulk bulk, Opened<Pair> pairs, Window window) throws IOException {
    super(Unit.BYTE, window);
    this.pairs = pairs;
    int slow = bulk.slow();
    for (Pair pair : pairs.all()) {
      pair.bridge().configureBlocking(true);
      pair.broker().configureBlocking(true);
      long maxBytesPerSecond = slow-- > 0 ? bulk.slowBytesPerSecond() : Long.MAX_VALUE;
      flows.add(new BulkFlow(pair.bridge(), pair.broker(), maxBytesPerSecond, failure));
      if (bulk.bothWays()) {
        flows.add(new BulkFlow(pair.broker(), pair.bridge(), failure));
      }
    }
  }

  static BulkRun start(Bulk bulk, Opened<Pair> pairs) throws IOException {
    BulkRun run = new BulkRun(bulk, pairs, Window.after(bulk.warmup(), bulk.duration()));
    run.flows.forEach(BulkFlow::start);
    run.thread.start();
    return run;
  }

  private void run() {
    while (!isStopped() && !failure.isDone() && System.nanoTime() - window().toNs() < 0) {
      LockSupport.parkNanos(POLL_NS);
    }
    flows.forEach(BulkFlow::stop);
    long deadlineNs = System.nanoTime() + FINISH_TIMEOUT_NS;
    try {
      for (BulkFlow flow : flows) {
        flow.awaitDelivered(deadlineNs);
      }
      for (BulkFlow flow : flows) {
        flow.awaitEnd(deadlineNs);
      }
    } catch (InterruptedException | RunFailedException e) {
      problem = e.getMessage();
    }
  }

  @Override
  boolean await(long timeoutNs) throws InterruptedException {
    return thread.join(Duration.ofNanos(timeoutNs));
  }

  @Override
  long done() {
    return sum(BulkFlow::receivedBytes);
  }

  private long sum(ToLongFunction<BulkFlow> bytes) {
    return flows.stream().mapToLong(bytes).sum();
  }

  @Override
  Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    counts.put("bytes sent", sum(BulkFlow::sentBytes));
    counts.put("bytes received", done());
    if (problem != null) {
      counts.put("failed: " + problem, 1L);
    }
    return counts;
  }

  @Override
  boolean isWhole() {
    return problem == null && sum(BulkFlow::sentBytes) == done();
  }

  @Override
  public void close() throws IOException {
    stop();
    flows.forEach(BulkFlow::abort);
    try (pairs) {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
