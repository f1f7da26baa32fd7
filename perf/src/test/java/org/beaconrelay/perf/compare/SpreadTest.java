package org.beaconrelay.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void takesTheMiddleOfAnOddCount() {
    assertThat(Spread.of(List.of(9.0, 1.0, 2.0))).contains(new Spread(2, 1, 9));
  }

  @Test
  void takesTheMeanOfTheMiddleTwoOfAnEvenCount() {
    assertThat(Spread.of(List.of(9.0, 1.0, 2.0, 4.0))).contains(new Spread(3, 1, 9));
  }

  @Test
  void isEmptyWithoutFigures() {
    assertThat(Spread.of(List.of())).isEmpty();
  }
}
