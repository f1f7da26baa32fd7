package org.beaconrelay.server.splice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PumpQueueTest {
  private final Pumps pumps = new Pumps();
  private final PumpQueue queue = new PumpQueue();
  private final Pump first = pumps.pump();
  private final Pump second = pumps.pump();
  private final Pump third = pumps.pump();

  @Test
  void isEmptyAtFirst() {
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.poll()).isNull();
  }

  @Test
  void servesInOrderOfArrival() {
    addAll();
    assertThat(pollAll()).containsExactly(first, second, third);
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void isLeftFromTheFront() {
    addAll();
    queue.remove(first);
    assertThat(pollAll()).containsExactly(second, third);
  }

  @Test
  void isLeftFromTheMiddle() {
    addAll();
    queue.remove(second);
    assertThat(pollAll()).containsExactly(first, third);
  }

  @Test
  void isLeftFromTheBack() {
    addAll();
    queue.remove(third);
    assertThat(pollAll()).containsExactly(first, second);
  }

  @Test
  void isLeftByTheOnlyOne() {
    queue.add(first);
    queue.remove(first);
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void putsWhoComesAgainAtTheBack() {
    addAll();
    queue.remove(first);
    queue.add(first);
    assertThat(pollAll()).containsExactly(second, third, first);
  }

  @Test
  void takesNobodyTwice() {
    queue.add(first);
    assertThatThrownBy(() -> queue.add(first)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> new PumpQueue().add(first)).isInstanceOf(AssertionError.class);
  }

  @Test
  void isLeftOnlyByWhoIsInIt() {
    queue.add(first);
    PumpQueue other = new PumpQueue();
    assertThatThrownBy(() -> other.remove(first)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> queue.remove(second)).isInstanceOf(AssertionError.class);
  }

  @Test
  void keepsNoHoldOnWhoHasLeft() {
    addAll();
    queue.remove(second);
    assertThat(second.queue).isNull();
    assertThat(second.previous).isNull();
    assertThat(second.next).isNull();
  }

  private void addAll() {
    queue.add(first);
    queue.add(second);
    queue.add(third);
  }

  private List<Pump> pollAll() {
    List<Pump> polled = new ArrayList<>();
    Pump pump = queue.poll();
    while (pump != null) {
      polled.add(pump);
      pump = queue.poll();
    }
    return polled;
  }
}
