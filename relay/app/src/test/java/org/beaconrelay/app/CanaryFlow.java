package org.beaconrelay.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.beaconrelay.testing.TestLink;

/// One direction of a pair that carries a canary over and over again, a million times at least.
final class CanaryFlow {
  private static final int MIN_CANARIES = 1_000_000;
  private static final int CANARIES_PER_WRITE = 256;

  private final byte[] batch;
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch enough = new CountDownLatch(1);
  private final FutureTask<Integer> sending;
  private final FutureTask<Integer> receiving;

  private CanaryFlow(TestLink from, TestLink to, byte[] canary) {
    ByteBuffer repeated = ByteBuffer.allocate(CANARIES_PER_WRITE * canary.length);
    while (repeated.hasRemaining()) {
      repeated.put(canary);
    }
    this.batch = repeated.array();
    this.sending = new FutureTask<>(() -> send(from));
    this.receiving = new FutureTask<>(() -> receive(to));
  }

  /// Starts, and waits until the first canaries have come through.
  static CanaryFlow start(TestLink from, TestLink to, byte[] canary) throws InterruptedException {
    CanaryFlow flow = new CanaryFlow(from, to, canary);
    Thread.ofPlatform().daemon().start(flow.sending);
    Thread.ofPlatform().daemon().start(flow.receiving);
    flow.begun.await();
    return flow;
  }

  private int send(TestLink link) throws IOException {
    int canaries = 0;
    while (canaries < MIN_CANARIES || enough.getCount() > 0) {
      link.send(batch);
      canaries += CANARIES_PER_WRITE;
    }
    link.halfClose();
    return canaries;
  }

  private int receive(TestLink link) throws IOException {
    ByteBuffer received = ByteBuffer.allocate(batch.length);
    int canaries = 0;
    while (link.channel().read(received) >= 0) {
      if (!received.hasRemaining()) {
        if (!Arrays.equals(received.array(), batch)) {
          throw new IOException("other bytes came than were sent");
        }
        received.clear();
        canaries += CANARIES_PER_WRITE;
        begun.countDown();
      }
    }
    return canaries;
  }

  /// Ends once a million canaries are sent.
  ///
  /// @return how many were
  int stop() throws Exception {
    enough.countDown();
    return sending.get();
  }

  /// Waits for the last byte.
  ///
  /// @return how many canaries came
  int receivedCanaries() throws Exception {
    return receiving.get();
  }
}
