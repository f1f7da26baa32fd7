package org.beaconrelay.perf.compare;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.beaconrelay.perf.Load;
import org.beaconrelay.perf.Pair;
import org.beaconrelay.perf.RunFailedException;

/// Pairs that live for one request and its answer, one after the other, each when it is due; to
/// warm up, as fast as it goes, since few pairs would not have a relay's JVM compile what it needs
/// for them. Their ends are closed, not reset: Linux takes closed ports of loopback anew after a
/// second (`tcp_tw_reuse`).
final class ChurnLoad implements Load {
  /// Well below what any contender can do.
  static final int PAIRS_PER_SECOND = 100;

  private static final long INTERVAL_NS = 1_000_000_000L / PAIRS_PER_SECOND;
  private static final Duration FINISH_TIMEOUT = Duration.ofSeconds(10);

  private final RunningRelay relay;
  private final ByteBuffer message = ByteBuffer.allocateDirect(Rally.MESSAGE_LENGTH);
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::churn);
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private final AtomicLong delivered = new AtomicLong();
  private volatile boolean measured;
  private volatile boolean stopping;

  private ChurnLoad(RunningRelay relay) {
    this.relay = relay;
  }

  static ChurnLoad start(RunningRelay relay) {
    ChurnLoad load = new ChurnLoad(relay);
    load.thread.start();
    return load;
  }

  private void churn() {
    long dueNs = System.nanoTime();
    try {
      while (!stopping) {
        if (measured) {
          awaitDue(dueNs);
        } else {
          dueNs = System.nanoTime();
        }
        try (Pair pair = relay.openPair()) {
          exchange(pair);
        }
        delivered.lazySet(delivered.getPlain() + 1);
        dueNs += INTERVAL_NS;
      }
    } catch (IOException | RunFailedException e) {
      failure.completeExceptionally(e);
    }
  }

  private static void awaitDue(long dueNs) {
    for (long leftNs = dueNs - System.nanoTime();
        leftNs > 0 && !Thread.currentThread().isInterrupted();
        leftNs = dueNs - System.nanoTime()) {
      LockSupport.parkNanos(leftNs);
    }
  }

  private void exchange(Pair pair) throws IOException {
    long number = delivered.getPlain();
    pass(pair.broker(), pair.bridge(), number);
    pass(pair.bridge(), pair.broker(), ~number);
  }

  /// Sends a message that consists of `content`, and takes it out at the other end.
  private void pass(SocketChannel source, SocketChannel sink, long content) throws IOException {
    message.clear();
    while (message.hasRemaining()) {
      message.putLong(content);
    }
    message.flip();
    while (message.hasRemaining()) {
      source.write(message);
    }
    message.clear();
    while (message.hasRemaining()) {
      if (sink.read(message) < 0) {
        throw new EOFException("the relay ended a pair before its message had arrived");
      }
    }
    message.flip();
    while (message.hasRemaining()) {
      if (message.getLong() != content) {
        throw new IOException("a wrong message came out of a pair");
      }
    }
  }

  @Override
  public void measure() {
    measured = true;
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
      throw new RunFailedException("a pair was not done with");
    }
    if (failure.isCompletedExceptionally()) {
      throw new RunFailedException("a pair went wrong", failure.exceptionNow());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
