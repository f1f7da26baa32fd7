package org.beaconrelay.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private final Schedule schedule =
      new Schedule(1_000, 4, Duration.ofSeconds(1), Duration.ofSeconds(2));

  @Test
  void keepsItsRate() {
    assertThat(schedule.dueNs(0)).isEqualTo(1_000);
    assertThat(schedule.dueNs(1)).isEqualTo(250_001_000);
    assertThat(schedule.dueNs(11)).isEqualTo(2_750_001_000L);
  }

  @Test
  void doesNotMeasureTheWarmUp() {
    assertThat(schedule.isMeasured(3)).isFalse();
    assertThat(schedule.isMeasured(4)).isTrue();
  }

  @Test
  void knowsHowManyThereAre() {
    assertThat(schedule.count()).isEqualTo(12);
  }

  /// A third of a nanosecond lost each time would be an hour in a day.
  @Test
  void doesNotDrift() {
    Schedule thirds = new Schedule(0, 3, Duration.ZERO, Duration.ofDays(1));
    assertThat(thirds.dueNs(3 * 86_400)).isEqualTo(Duration.ofDays(1).toNanos());
  }
}
