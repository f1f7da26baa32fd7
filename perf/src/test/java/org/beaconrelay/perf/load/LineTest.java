package org.beaconrelay.perf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class LineTest {
  @Test
  void goesThroughPointsThatAreOnOne() {
    Line line =
        Line.fit(new double[] {0, 1_000, 2_000, 4_000}, new double[] {7, 507, 1_007, 2_007});
    assertThat(line).isEqualTo(new Line(0.5, 7, 0));
  }

  /// The example of any textbook: the sum of the squares of 6 - 4.9, 5 - 6.3, 7 - 7.7, 10 - 9.1 is
  /// the least there is.
  @Test
  void isAsCloseAsCanBeToOthers() {
    Line line = Line.fit(new double[] {1, 2, 3, 4}, new double[] {6, 5, 7, 10});
    assertThat(line.slope()).isCloseTo(1.4, within(1e-12));
    assertThat(line.intercept()).isCloseTo(3.5, within(1e-12));
    assertThat(line.largestResidual()).isCloseTo(1.3, within(1e-12));
  }

  @Test
  void mayFall() {
    assertThat(Line.fit(new double[] {0, 2}, new double[] {4, 0})).isEqualTo(new Line(-2, 4, 0));
  }
}
