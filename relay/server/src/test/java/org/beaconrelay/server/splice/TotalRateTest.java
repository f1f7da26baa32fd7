package org.beaconrelay.server.splice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class TotalRateTest {
  private static final long SECOND_NS = 1_000_000_000;
  private static final long BYTES_PER_SECOND = 10_000_000;

  @Test
  void hasATenthOfASecondsWorthAtMost() {
    TotalRate rate = new TotalRate(BYTES_PER_SECOND, 0);
    assertThat(rate.availableBytes(0)).isEqualTo(BYTES_PER_SECOND / 10);
    assertThat(rate.availableBytes(3600 * SECOND_NS)).isEqualTo(BYTES_PER_SECOND / 10);
  }

  @Test
  void hasNothingBeforeAllIsPaidFor() {
    TotalRate rate = new TotalRate(BYTES_PER_SECOND, 0);
    rate.take(2_000_000, 0); // two have seen the same million
    assertThat(rate.availableBytes(0)).isZero();
    assertThat(rate.availableBytes(SECOND_NS / 10)).isZero();
    assertThat(rate.availableBytes(SECOND_NS / 5)).isEqualTo(1_000_000);
  }

  @Test
  void countsThoseThatWait() {
    TotalRate rate = new TotalRate(BYTES_PER_SECOND, 0);
    assertThat(rate.addWaiting(3)).isEqualTo(3);
    assertThat(rate.addWaiting(-1)).isEqualTo(2);
    assertThat(rate.addWaiting(0)).isEqualTo(2);
  }

  /// Nothing is forgotten, whoever takes at the same time.
  @Test
  void remembersWhatAllHaveTaken() throws InterruptedException {
    int shards = 4;
    int takes = 100_000;
    TotalRate rate = new TotalRate(1_000_000_000, 0); // a byte a nanosecond
    AtomicLong taken = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int take = 1; take <= takes; take++) {
                      rate.take(take, 0);
                      taken.addAndGet(take);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    long paidNs = taken.get() - TotalRate.BURST_NS;
    assertThat(rate.availableBytes(paidNs)).isZero();
    assertThat(rate.availableBytes(paidNs + 7)).isEqualTo(7);
  }
}
