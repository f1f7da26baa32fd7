package org.beaconrelay.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.testing.Seeded;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Seeded.class)
final class BackoffTest {
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private static void assertBetween(Duration actual, long fromMs, long toMs) {
    assertThat(actual.toMillis()).isBetween(fromMs, toMs);
  }

  @RepeatedTest(20)
  void waitsTwiceAsLongEachTimeUpToASecond(Random random) {
    Backoff backoff = new Backoff(random);
    for (int fullMs : new int[] {100, 200, 400, 800, 1_000, 1_000, 1_000}) {
      assertBetween(backoff.afterFailure(AT_ONCE), fullMs / 2, fullMs);
    }
  }

  @RepeatedTest(20)
  void startsOverAfterWhatHasHeldForAWhile(Random random) {
    Backoff backoff = new Backoff(random);
    for (int i = 0; i < 10; i++) {
      backoff.afterFailure(AT_ONCE);
    }
    assertBetween(backoff.afterFailure(Backoff.LONGEST.plusMillis(1)), 50, 100);
    assertBetween(backoff.afterFailure(Backoff.LONGEST), 100, 200);
  }

  @RepeatedTest(20)
  void startsOverAfterASuccess(Random random) {
    Backoff backoff = new Backoff(random);
    for (int i = 0; i < 10; i++) {
      backoff.afterFailure(AT_ONCE);
    }
    backoff.afterSuccess();
    assertBetween(backoff.afterFailure(AT_ONCE), 50, 100);
  }

  @ParameterizedTest
  @CsvSource({"1,1000", "5,5000", "300,300000", "301,300000", "65535,300000", "0,60000"})
  void waitsAsLongAsTheRelayAsksWithinReason(int retryAfterS, long askedMs, Random random) {
    RejectedException rejected = new RejectedException(RejectReason.RELAY_FULL, retryAfterS);
    assertBetween(new Backoff(random).afterRejection(rejected), askedMs, askedMs * 3 / 2);
  }

  @RepeatedTest(5)
  void leavesALotToChance(Random random) {
    RejectedException rejected = new RejectedException(RejectReason.DRAINING, 60);
    assertThat(
            random
                .longs(100)
                .map(seed -> new Backoff(new Random(seed)).afterRejection(rejected).toMillis())
                .distinct()
                .count())
        .isGreaterThan(50);
  }
}
