package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RepeatedProblemsTest {
  private final List<String> told = new ArrayList<>();
  private long nowNs = Long.MAX_VALUE - 7;
  private final RepeatedProblems problems = new RepeatedProblems(told::add, () -> nowNs);

  private void pass(long seconds) {
    nowNs += TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void tellsTheFirstAtOnceAndTheRestOnceAMinute() {
    problems.tell("no relay");
    pass(59);
    problems.tell("no relay");
    problems.tell("no relay");
    assertThat(told).containsExactly("no relay");

    pass(1);
    problems.tell("no relay");
    assertThat(told).containsExactly("no relay", "no relay (3 times more)");

    pass(60);
    problems.tell("no relay");
    assertThat(told).hasSize(3).endsWith("no relay (once more)");
  }

  @Test
  void tellsDifferentProblemsApart() {
    problems.tell("no relay");
    problems.tell("no service");
    problems.tell("no relay");
    assertThat(told).containsExactly("no relay", "no service");
  }

  @Test
  void tellsTheRestAtTheEnd() {
    problems.tell("no relay");
    problems.tell("no relay");
    problems.tell("no service");
    problems.tellRest();
    problems.tellRest();
    assertThat(told).containsExactly("no relay", "no service", "no relay (once more)");
  }

  @Test
  void forgetsTheOldestOfVeryMany() {
    for (int i = 0; i < 65; i++) {
      problems.tell("problem " + i);
    }
    problems.tell("problem 64");
    assertThat(told).hasSize(65);
    problems.tell("problem 0");
    assertThat(told).hasSize(66).endsWith("problem 0");
  }

  @Test
  void writesOneLine() {
    problems.tell("a\nbeacon: b\u001b[31m");
    assertThat(told).containsExactly("a\\u{a}beacon: b\\u{1b}[31m");
  }
}
