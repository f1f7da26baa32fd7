package org.beaconrelay.server.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.beaconrelay.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Seeded.class)
final class TokenBucketTest {
  private static final long SECOND_NS = 1_000_000_000L;

  /// Clocks may begin anywhere, and overflow.
  private static final long NEAR_OVERFLOW_NS = Long.MAX_VALUE - SECOND_NS / 2;

  private long nowNs;
  private long fullNs;

  private boolean take(TokenBucket bucket) {
    boolean has = bucket.has(fullNs, nowNs);
    if (has) {
      fullNs = bucket.afterTaking(fullNs, nowNs);
    }
    return has;
  }

  private int takeAll(TokenBucket bucket) {
    int taken = 0;
    while (take(bucket)) {
      taken++;
    }
    return taken;
  }

  private void start(long startNs) {
    nowNs = startNs;
    fullNs = startNs;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -5 * SECOND_NS, Long.MIN_VALUE, NEAR_OVERFLOW_NS})
  void givesASecondsWorthAtOnceAndThenAsMuchASecond(long startNs) {
    TokenBucket bucket = new TokenBucket(200);
    start(startNs);
    assertThat(takeAll(bucket)).isEqualTo(200);
    for (int second = 0; second < 3; second++) {
      nowNs += SECOND_NS / 2;
      assertThat(takeAll(bucket)).isEqualTo(100);
      nowNs += SECOND_NS / 2;
      assertThat(takeAll(bucket)).isEqualTo(100);
    }
  }

  @Test
  void gathersNoMoreThanASecondsWorth() {
    TokenBucket bucket = new TokenBucket(3);
    start(0);
    nowNs = 3600 * SECOND_NS;
    assertThat(takeAll(bucket)).isEqualTo(3);
  }

  @Test
  void isFullWhenItSaysSo() {
    TokenBucket bucket = new TokenBucket(10);
    start(0);
    takeAll(bucket);
    nowNs = fullNs;
    assertThat(takeAll(bucket)).isEqualTo(10);
    assertThat(fullNs - nowNs).isEqualTo(SECOND_NS);
  }

  @Test
  void givesWithoutEndWhereItIsOff() {
    TokenBucket bucket = new TokenBucket(TokenBucket.OFF);
    start(7);
    for (int i = 0; i < 1_000_000; i++) {
      assertThat(take(bucket)).isTrue();
    }
    assertThat(fullNs).isEqualTo(7);
  }

  /// Beside one that is filled by hand.
  @Test
  void givesAsManyAsABucketThatIsFilled(Random random) {
    for (int run = 0; run < 100; run++) {
      int perSecond = 1 << random.nextInt(10); // divides a second evenly enough
      TokenBucket bucket = new TokenBucket(perSecond);
      start(random.nextLong());
      double tokens = perSecond;
      for (int step = 0; step < 1_000; step++) {
        long passedNs = random.nextLong(2 * SECOND_NS / perSecond);
        nowNs += passedNs;
        tokens = Math.min(perSecond, tokens + (double) passedNs * perSecond / SECOND_NS);
        boolean sure = Math.abs(tokens - 1) > 1e-3;
        boolean taken = take(bucket);
        if (sure) {
          assertThat(taken).as("%.6f tokens", tokens).isEqualTo(tokens >= 1);
        }
        tokens -= taken ? 1 : 0;
      }
    }
  }
}
