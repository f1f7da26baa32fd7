package org.beaconrelay.perf.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.beaconrelay.perf.plan.Result.Ramp;
import org.beaconrelay.perf.plan.Result.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SurenessTest {
  @ParameterizedTest
  @CsvSource({
    "1, 3, 1.25, SURE",
    "0.1, 9, 1, SURE",
    "1.01, 3, 1, LIKELY",
    "1, 2, 1, LIKELY",
    "1, 3, 1.26, LIKELY",
    "3, 1, 2, LIKELY",
    "3.01, 3, 1, UNCERTAIN",
    "12, 3, 1, UNCERTAIN",
    "1, 3, 2.01, UNCERTAIN",
  })
  void followsTheRule(double factor, int measurements, double spread, Sureness sureness) {
    assertThat(Sureness.of(factor, measurements, spread)).isEqualTo(sureness);
  }

  @Test
  void seesHowFarARampIsFromALine() {
    List<Step> straight = List.of(new Step(100, 1_100, 50), new Step(200, 2_100, 50));
    assertThat(new Ramp("pairs", straight, 10, 0, 2, 100).misfit()).isZero();
    // 500 off, and the line rises by 2,000
    List<Step> bent = List.of(new Step(100, 600, 50), new Step(200, 2_100, 50));
    assertThat(new Ramp("pairs", bent, 10, 0, 2, 100).misfit()).isEqualTo(0.25);
  }
}
