package org.beaconrelay.app.prove;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// One direction of a pair that carries a canary over and over again, at least until it is told
/// that this is enough.
final class CanaryFlow {
  private static final int BATCH_BYTES = 64 << 10;

  private final CanaryLink from;
  private final CanaryLink to;
  private final byte[] batch;
  private final long leastBytes;
  private final CountDownLatch begun = new CountDownLatch(1);
  private volatile boolean enough;
  private final FutureTask<Long> sending = new FutureTask<>(this::send);
  private final FutureTask<Long> receiving = new FutureTask<>(this::receive);

  private CanaryFlow(CanaryLink from, CanaryLink to, byte[] canary, long leastBytes) {
    this.from = from;
    this.to = to;
    this.leastBytes = leastBytes;
    ByteBuffer repeated = ByteBuffer.allocate(BATCH_BYTES);
    while (repeated.hasRemaining()) {
      repeated.put(canary);
    }
    this.batch = repeated.array();
  }

  /// Starts, and waits until the first of it has come through.
  ///
  /// @param canary of a length that is a power of two
  /// @param leastBytes how much is sent, however soon it is enough
  static CanaryFlow start(CanaryLink from, CanaryLink to, byte[] canary, long leastBytes)
      throws IOException, InterruptedException {
    CanaryFlow flow = new CanaryFlow(from, to, canary, leastBytes);
    Thread.ofVirtual().name("beacon-prove-send").start(flow.sending);
    Thread.ofVirtual().name("beacon-prove-receive").start(flow.receiving);
    flow.begun.await();
    if (flow.receiving.isDone()) {
      result(flow.receiving); // says why
    }
    return flow;
  }

  private long send() throws IOException {
    long sentBytes = 0;
    while (sentBytes < leastBytes || !enough) {
      from.out().write(batch);
      sentBytes += batch.length;
    }
    from.halfClose();
    return sentBytes;
  }

  private long receive() throws IOException {
    try {
      InputStream in = to.in();
      byte[] received = new byte[batch.length];
      long receivedBytes = 0;
      for (int length = in.readNBytes(received, 0, received.length);
          length > 0;
          length = in.readNBytes(received, 0, received.length)) {
        if (length < received.length || !Arrays.equals(received, batch)) {
          throw new IOException("other bytes came through the relay than were sent");
        }
        receivedBytes += length;
        begun.countDown();
      }
      return receivedBytes;
    } finally {
      begun.countDown();
    }
  }

  /// Lets it come to its end, and waits until all of it has come through.
  ///
  /// @return how much that was
  /// @throws IOException if it is not what was sent
  long finish() throws IOException, InterruptedException {
    enough = true;
    long sentBytes = result(sending);
    long receivedBytes = result(receiving);
    if (sentBytes != receivedBytes) {
      throw new IOException(
          "%d bytes were sent and %d came through the relay".formatted(sentBytes, receivedBytes));
    }
    return receivedBytes;
  }

  private static long result(FutureTask<Long> task) throws IOException, InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw new IOException("what goes through the relay: " + cause.getMessage(), cause);
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
