package org.beaconrelay.perf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessSeriesTest {
  private static ProcessPoint point(long seconds, long rssKib, int descriptors) {
    return new ProcessPoint(seconds * 1_000_000_000, 0, rssKib, descriptors, 0, 0);
  }

  @Test
  void findsTheSlope() {
    ProcessSeries series =
        new ProcessSeries(
            List.of(
                point(0, 990, 3), point(30, 1_060, 9), point(90, 1_170, 4), point(120, 1_240, 4)));
    assertThat(series.rssKibPerMinute()).isCloseTo(122, within(0.01));
    assertThat(series.isMinutes()).isTrue();
  }

  @Test
  void findsTheMaximum() {
    ProcessSeries series =
        new ProcessSeries(List.of(point(0, 7, 3), point(1, 9, 9), point(2, 8, 4)));
    assertThat(series.max(ProcessPoint::rssKib)).isEqualTo(9);
    assertThat(series.max(ProcessPoint::descriptors)).isEqualTo(9);
    assertThat(series.isMinutes()).isFalse();
  }
}
