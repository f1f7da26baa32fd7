package org.beaconrelay.app.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetentionTest {
  @ParameterizedTest
  @CsvSource({
    "PT2S,     PT1S",
    "PT23M59S, PT1S",
    "PT24M,    PT1M",
    "PT23H59M, PT1M",
    "P1D,      PT1H",
    "P7D,      PT1H",
    "P23DT23H, PT1H",
    "P24D,     P1D",
    "P3650D,   P1D"
  })
  void losesA24thOfTheTimeAtMost(Duration atMost, Duration span) {
    assertThat(new Retention(atMost).span()).isEqualTo(span);
    assertThat(new Retention(atMost).dueMs(1_000)).isEqualTo(1_000 + atMost.toMillis());
  }

  @Test
  void mayLastForEver() {
    assertThat(Retention.FOR_EVER.isForEver()).isTrue();
    assertThat(Retention.FOR_EVER.span()).isEqualTo(Duration.ofDays(1));
    assertThat(Retention.FOR_EVER.dueMs(0)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void isNoShorterThanItCanBeHeld() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Retention(Retention.SHORTEST.minusMillis(1)));
  }
}
