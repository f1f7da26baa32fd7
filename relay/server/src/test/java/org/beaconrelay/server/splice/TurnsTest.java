package org.beaconrelay.server.splice;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TurnsTest {
  private final List<String> served = new ArrayList<>();
  private int requests;
  private final Turns turns = new Turns(() -> requests++);
  private final Pumps pumps = new Pumps(turns);

  @Test
  void asksForARunWithTheFirstOnly() {
    turns.add(pumps.pump());
    turns.add(pumps.pump());
    assertThat(requests).isEqualTo(1);
  }

  @Test
  void asksAgainAfterARun() {
    turns.add(pumps.pump());
    turns.run(0);
    turns.add(pumps.pump());
    assertThat(requests).isEqualTo(2);
  }

  @Test
  void servesInOrder() {
    turns.add(named("first"));
    turns.add(named("second"));
    turns.add(named("third"));
    turns.run(0);
    assertThat(served).containsExactly("first", "second", "third");
  }

  @Test
  void servesEachOnce() {
    turns.add(named("first"));
    turns.run(0);
    turns.run(0);
    assertThat(served).containsExactly("first");
  }

  @Test
  void doesNothingWithoutPumps() {
    turns.run(0);
    assertThat(served).isEmpty();
    assertThat(requests).isZero();
  }

  @Test
  void servesWhoQueuesUpDuringARunInTheNext() {
    Pump late = named("late");
    turns.add(pumps.pump(() -> turns.add(late)));
    turns.add(named("second"));
    turns.run(0);
    assertThat(served).containsExactly("second");
    assertThat(requests).isEqualTo(2);
    turns.run(0);
    assertThat(served).containsExactly("second", "late");
  }

  @Test
  void skipsWhoHasLeft() {
    Pump leaving = named("leaving");
    turns.add(named("first"));
    turns.add(leaving);
    turns.add(named("third"));
    requireNonNull(leaving.queue).remove(leaving);
    turns.run(0);
    assertThat(served).containsExactly("first", "third");
  }

  @Test
  void endsARoundWithItsBytes() {
    turns.add(pumps.pump(() -> turns.taken(Turns.ROUND_BYTES)));
    turns.add(named("second"));
    turns.run(0);
    assertThat(turns.isRoundOver()).isTrue();
    assertThat(served).isEmpty();
    assertThat(requests).isEqualTo(2);
    turns.run(0);
    assertThat(served).containsExactly("second");
  }

  @Test
  void grantsWhatTheRoundHasLeftAndSomethingInAnyCase() {
    assertThat(turns.fillBytes()).isEqualTo(Turns.ROUND_BYTES);
    turns.taken(Turns.ROUND_BYTES - 100_000);
    assertThat(turns.fillBytes()).isEqualTo(100_000);
    turns.taken(100_000);
    assertThat(turns.fillBytes()).isEqualTo(Turns.LEAST_BYTES);
    turns.run(0);
    assertThat(turns.fillBytes()).isEqualTo(Turns.ROUND_BYTES);
  }

  private Pump named(String name) {
    return pumps.pump(() -> served.add(name));
  }
}
