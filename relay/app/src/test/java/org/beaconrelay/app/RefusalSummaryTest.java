package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.server.admission.Refusal;
import org.beaconrelay.server.metrics.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RefusalSummaryTest {
  private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);
  private final List<String> told = new ArrayList<>();
  private long nowNs = Long.MAX_VALUE - 7;
  private final RefusalSummary summary =
      new RefusalSummary(counter -> counts.getOrDefault(counter, 0L), told::add, () -> nowNs);

  private void count(Counter counter, long amount) {
    counts.merge(counter, amount, Long::sum);
  }

  private void pass(long seconds) {
    nowNs += TimeUnit.SECONDS.toNanos(seconds);
    summary.look();
  }

  @Test
  void saysNothingWhereNobodyIsTurnedAway() {
    count(Counter.LINKS_OPENED, 1000);
    pass(3600);
    pass(3600);
    summary.tellRest();
    assertThat(told).isEmpty();
  }

  @Test
  void tellsTheFirstSoonAndThenOnceAMinute() {
    pass(100);
    count(Counter.REFUSED_MAX_PENDING, 1);
    pass(2);
    assertThat(told).containsExactly("links turned away within 2s: 1 by max-pending");
    for (int i = 0; i < 29; i++) {
      count(Counter.REFUSED_MAX_PENDING, 100);
      count(Counter.REFUSED_MAX_LINKS, 1);
      pass(2);
    }
    assertThat(told).hasSize(1);
    count(Counter.REFUSED_MAX_PENDING, 100);
    pass(2);
    assertThat(told)
        .hasSize(2)
        .endsWith("links turned away within 60s: 29 by max-links, 3000 by max-pending");
    pass(600);
    assertThat(told).hasSize(2);
  }

  @Test
  void tellsHowManyWereToldNothing() {
    count(Counter.REFUSED_MAX_LINKS_PER_ADDRESS, 50);
    count(Counter.CLOSED_UNTOLD, 34);
    pass(2);
    assertThat(told)
        .containsExactly(
            "links turned away within 2s: 50 by max-links-per-address, 34 of them without a word");
  }

  @Test
  void tellsTheRestAtTheEnd() {
    count(Counter.REFUSED_MAX_PENDING, 1);
    pass(2);
    count(Counter.REFUSED_MAX_PENDING, 2);
    pass(2);
    summary.tellRest();
    summary.tellRest();
    assertThat(told).hasSize(2).endsWith("links turned away within 2s: 2 by max-pending");
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void callsEachLimitByItsOption(Refusal refusal) {
    assertThat(OptionSet.RELAY.ofKey(RefusalSummary.label(refusal))).isNotNull();
  }
}
