package org.beaconrelay.perf.compare;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.beaconrelay.perf.Load;
import org.beaconrelay.perf.Pair;
import org.beaconrelay.perf.RunFailedException;

/// Small messages to and fro, one under way in each pair, all pairs on one thread.
final class PingPongLoad implements Load {
  private static final Duration FINISH_TIMEOUT = Duration.ofSeconds(10);

  private final Selector selector;
  private final List<Rally> rallies;
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::play);
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private final SingleWriterRecorder roundTrips = new SingleWriterRecorder(DIGITS);
  private final AtomicLong delivered = new AtomicLong();
  private volatile boolean stopping;

  private PingPongLoad(Selector selector, List<Rally> rallies) {
    this.selector = selector;
    this.rallies = rallies;
  }

  static PingPongLoad start(Pairs pairs) throws IOException {
    Selector selector = Selector.open();
    try {
      List<Rally> rallies = new ArrayList<>();
      for (Pair pair : pairs.all()) {
        rallies.add(Rally.register(rallies.size(), pair, selector));
      }
      PingPongLoad load = new PingPongLoad(selector, rallies);
      load.thread.start();
      return load;
    } catch (IOException e) {
      selector.close();
      throw e;
    }
  }

  private void play() {
    try {
      for (Rally rally : rallies) {
        rally.serve();
      }
      int inPlay = rallies.size();
      while (inPlay > 0) {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          Rally.Player player = (Rally.Player) key.attachment();
          if (player.receive()) {
            delivered.lazySet(delivered.getPlain() + 1);
            record(player.roundTripNs());
            if (stopping) {
              inPlay--;
            } else {
              player.send();
            }
          }
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException | ClosedSelectorException e) {
      failure.completeExceptionally(e);
    }
  }

  private void record(long roundTripNs) {
    if (roundTripNs >= 0) {
      roundTrips.recordValue(roundTripNs);
    }
  }

  @Override
  public void measure() {
    // Those of the warm-up are not wanted.
    roundTrips.reset();
  }

  @Override
  public Histogram takeRoundTrips() {
    return roundTrips.getIntervalHistogram();
  }

  @Override
  public long delivered() {
    return delivered.get();
  }

  @Override
  public CompletableFuture<Void> failure() {
    return failure;
  }

  @Override
  public void finish() throws InterruptedException, RunFailedException {
    stopping = true;
    if (!thread.join(FINISH_TIMEOUT)) {
      throw new RunFailedException("a message did not arrive");
    }
    if (failure.isCompletedExceptionally()) {
      throw new RunFailedException("a message went wrong", failure.exceptionNow());
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
  }
}
