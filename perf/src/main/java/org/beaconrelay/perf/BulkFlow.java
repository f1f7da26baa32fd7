package org.beaconrelay.perf;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/// One direction of one pair: a thread that sends and a thread that receives, both blocking.
final class BulkFlow {
  private static final int SEND_LENGTH = 64 << 10;
  private static final int RECEIVE_LENGTH = 256 << 10;
  private static final int DRAIN_POLL_INTERVAL_MS = 1;

  // Shared by all flows, because nobody looks at the content: the generator's cost of copying is
  // lowest when the memory stays in its core's cache.
  private static final ByteBuffer SENT = ByteBuffer.allocateDirect(SEND_LENGTH);
  private static final ByteBuffer RECEIVED = ByteBuffer.allocateDirect(RECEIVE_LENGTH);

  private final SocketChannel source;
  private final SocketChannel sink;
  private final CompletableFuture<Void> failure;
  private final Thread sender = Thread.ofPlatform().daemon().unstarted(this::send);
  private final Thread receiver = Thread.ofPlatform().daemon().unstarted(this::receive);
  private final AtomicLong sentBytes = new AtomicLong();
  private final AtomicLong receivedBytes = new AtomicLong();
  private volatile boolean stopping;

  /// @param failure told when something goes wrong
  BulkFlow(SocketChannel source, SocketChannel sink, CompletableFuture<Void> failure) {
    this.source = source;
    this.sink = sink;
    this.failure = failure;
  }

  void start() {
    receiver.start();
    sender.start();
  }

  /// Bytes that have arrived so far.
  long receivedBytes() {
    return receivedBytes.get();
  }

  /// Sends no more, and ends the stream when all has arrived.
  void stop() {
    stopping = true;
  }

  /// Waits for the end of the stream to arrive and compares what went in with what came out.
  void awaitEnd(long deadlineNs) throws InterruptedException, RunFailedException {
    boolean ended = joined(sender, deadlineNs) && joined(receiver, deadlineNs);
    if (failure.isCompletedExceptionally()) {
      throw new RunFailedException("a stream broke", failure.exceptionNow());
    }
    if (!ended || sentBytes.get() != receivedBytes.get()) {
      throw new RunFailedException(
          "%d bytes were sent, %d bytes arrived, the end of the stream %s"
              .formatted(sentBytes.get(), receivedBytes.get(), ended ? "too" : "did not"));
    }
  }

  private static boolean joined(Thread thread, long deadlineNs) throws InterruptedException {
    return thread.join(Duration.ofNanos(Math.max(1, deadlineNs - System.nanoTime())));
  }

  /// Ends both threads now.
  void abort() {
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
      // HAProxy 2.6 with splice loses bytes when both streams of a pair end with data under way,
      // and how streams end is not what is measured here: the end follows when all has arrived.
      while (receivedBytes.get() < sentBytes.get()) {
        Thread.sleep(DRAIN_POLL_INTERVAL_MS);
      }
      source.shutdownOutput();
    } catch (IOException | InterruptedException e) {
      failure.completeExceptionally(e);
    }
  }

  private void receive() {
    ByteBuffer chunk = RECEIVED.duplicate();
    try {
      while (true) {
        chunk.clear();
        int length = sink.read(chunk);
        if (length < 0) {
          break;
        }
        receivedBytes.lazySet(receivedBytes.getPlain() + length);
      }
      if (!stopping) {
        throw new EOFException("the relay ended a stream whose sender goes on");
      }
    } catch (IOException e) {
      failure.completeExceptionally(e);
    }
  }
}
