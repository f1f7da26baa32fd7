package org.beaconrelay.perf;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/// One direction of one pair: a thread that sends and a thread that receives, both blocking.
public final class BulkFlow {
  private static final int SEND_LENGTH = 64 << 10;
  private static final int RECEIVE_LENGTH = 256 << 10;
  private static final int DRAIN_POLL_INTERVAL_MS = 1;
  private static final int SLOW_READS_PER_SECOND = 20;
  private static final int SLOW_POLL_INTERVAL_MS = 10;
  private static final double NS_PER_S = 1e9;

  // Shared by all flows, because nobody looks at the content: the generator's cost of copying is
  // lowest when the memory stays in its core's cache.
  private static final ByteBuffer SENT = ByteBuffer.allocateDirect(SEND_LENGTH);
  private static final ByteBuffer RECEIVED = ByteBuffer.allocateDirect(RECEIVE_LENGTH);

  private final SocketChannel source;
  private final SocketChannel sink;
  private final long maxBytesPerSecond;
  private final CompletableFuture<Void> failure;
  private final Thread sender = Thread.ofPlatform().daemon().unstarted(this::send);
  private final Thread receiver = Thread.ofPlatform().daemon().unstarted(this::receive);
  private final AtomicLong sentBytes = new AtomicLong();
  private final AtomicLong receivedBytes = new AtomicLong();
  private volatile boolean stopping;

  /// @param failure told when something goes wrong
  public BulkFlow(SocketChannel source, SocketChannel sink, CompletableFuture<Void> failure) {
    this(source, sink, Long.MAX_VALUE, failure);
  }

  /// @param maxBytesPerSecond what the receiver takes at most, until [#stop]; then it takes what is
  ///   under way as fast as it comes
  /// @param failure told when something goes wrong
  public BulkFlow(
      SocketChannel source,
      SocketChannel sink,
      long maxBytesPerSecond,
      CompletableFuture<Void> failure) {
    this.source = source;
    this.sink = sink;
    this.maxBytesPerSecond = maxBytesPerSecond;
    this.failure = failure;
  }

  public void start() {
    receiver.start();
    sender.start();
  }

  /// Bytes that were sent so far.
  public long sentBytes() {
    return sentBytes.get();
  }

  /// Bytes that have arrived so far.
  public long receivedBytes() {
    return receivedBytes.get();
  }

  /// Sends no more.
  public void stop() {
    stopping = true;
  }

  /// Waits until all that was sent has arrived, and no more than that.
  public void awaitDelivered(long deadlineNs) throws InterruptedException, RunFailedException {
    if (!joined(sender, deadlineNs)) {
      throw new RunFailedException("a stream is stuck: the relay takes no more of it");
    }
    while (receivedBytes.get() < sentBytes.get()
        && !failure.isCompletedExceptionally()
        && deadlineNs - System.nanoTime() > 0) {
      Thread.sleep(DRAIN_POLL_INTERVAL_MS);
    }
    compare();
  }

  /// Ends the stream, of which all has arrived, and waits until the end has arrived as well:
  /// nothing can come behind it.
  public void awaitEnd(long deadlineNs) throws InterruptedException, RunFailedException {
    try {
      source.shutdownOutput();
    } catch (IOException e) {
      throw new RunFailedException("a stream broke before its end", e);
    }
    if (!joined(receiver, deadlineNs)) {
      throw new RunFailedException("the end of a stream did not arrive");
    }
    compare();
  }

  private void compare() throws RunFailedException {
    if (failure.isCompletedExceptionally()) {
      throw new RunFailedException("a stream broke", failure.exceptionNow());
    }
    if (sentBytes.get() != receivedBytes.get()) {
      throw new RunFailedException(
          "%d bytes were sent, %d bytes arrived".formatted(sentBytes.get(), receivedBytes.get()));
    }
  }

  private static boolean joined(Thread thread, long deadlineNs) throws InterruptedException {
    return thread.join(Duration.ofNanos(Math.max(1, deadlineNs - System.nanoTime())));
  }

  /// Ends both threads now.
  public void abort() {
    sender.interrupt();
    receiver.interrupt();
  }

  private void send() {
    ByteBuffer chunk = SENT.duplicate();
    try {
      while (!stopping) {
        chunk.clear();
        while (chunk.hasRemaining()) {
          sentBytes.lazySet(sentBytes.getPlain() + source.write(chunk));
        }
      }
    } catch (IOException e) {
      failure.completeExceptionally(e);
    }
  }

  private void receive() {
    ByteBuffer chunk = RECEIVED.duplicate();
    long readBytes = Math.clamp(maxBytesPerSecond / SLOW_READS_PER_SECOND, 1, RECEIVE_LENGTH);
    long startNs = System.nanoTime();
    try {
      while (true) {
        chunk.clear().limit((int) readBytes);
        int length = sink.read(chunk);
        if (length < 0) {
          break;
        }
        receivedBytes.lazySet(receivedBytes.getPlain() + length);
        restIfAhead(startNs);
      }
      if (!stopping) {
        throw new EOFException("the relay ended a stream whose sender goes on");
      }
    } catch (IOException | InterruptedException e) {
      failure.completeExceptionally(e);
    }
  }

  /// Waits as long as the receiver is ahead of its rate.
  private void restIfAhead(long startNs) throws InterruptedException {
    double takenS = (double) receivedBytes.getPlain() / maxBytesPerSecond;
    while (!stopping && takenS > (System.nanoTime() - startNs) / NS_PER_S) {
      Thread.sleep(SLOW_POLL_INTERVAL_MS);
    }
  }
}
