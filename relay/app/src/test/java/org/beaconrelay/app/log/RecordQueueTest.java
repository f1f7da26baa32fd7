package org.beaconrelay.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.beaconrelay.server.LinkRecord;
import org.junit.jupiter.api.Test;

final class RecordQueueTest {
  private static final LinkRecord LINK = Links.closed(Instant.EPOCH);

  @Test
  void hasNoMoreRoomThanItWasGiven() {
    RecordQueue queue = new RecordQueue(2);
    assertThat(queue.offer(LINK)).isTrue();
    assertThat(queue.offer(LINK)).isTrue();
    assertThat(queue.offer(LINK)).isFalse();
    queue.remove();
    assertThat(queue.offer(LINK)).as("what was taken is not dealt with yet").isFalse();
    queue.release(1);
    assertThat(queue.offer(LINK)).isTrue();
    assertThat(queue.held()).isEqualTo(2);
  }

  @Test
  void givesRecordsInTheOrderInWhichTheyCame() {
    RecordQueue queue = new RecordQueue(10);
    for (int i = 0; i < 10; i++) {
      queue.offer(Links.closed(Instant.ofEpochMilli(i)));
    }
    for (int i = 0; i < 10; i++) {
      assertThat(queue.peek()).isEqualTo(Links.closed(Instant.ofEpochMilli(i)));
      queue.remove();
    }
    assertThat(queue.peek()).isNull();
  }

  @Test
  void wakesTheWriter() throws InterruptedException {
    RecordQueue queue = new RecordQueue(1);
    int rounds = 1_000;
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int taken = 0; taken < rounds; ) {
                    queue.await(600_000);
                    if (queue.peek() != null) {
                      queue.remove();
                      queue.release(1);
                      taken++;
                    }
                  }
                });
    for (int i = 0; i < rounds; i++) {
      while (!queue.offer(LINK)) {
        Thread.onSpinWait();
      }
    }
    writer.join();
    assertThat(queue.held()).isZero();
  }

  @Test
  void losesNothingWhereManyOffer() throws InterruptedException {
    int threads = 4;
    int each = 10_000;
    RecordQueue queue = new RecordQueue(threads * each);
    CountDownLatch go = new CountDownLatch(1);
    Thread[] shards = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      shards[i] =
          Thread.ofPlatform()
              .start(
                  () -> {
                    await(go);
                    for (int n = 0; n < each; n++) {
                      queue.offer(LINK);
                    }
                  });
    }
    go.countDown();
    for (Thread shard : shards) {
      shard.join();
    }
    assertThat(queue.held()).isEqualTo(threads * each);
    assertThat(queue.offer(LINK)).isFalse();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
