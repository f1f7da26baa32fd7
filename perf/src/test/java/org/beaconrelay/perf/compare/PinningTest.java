package org.beaconrelay.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PinningTest {
  @Test
  void givesTheRelayTheSecondCore() {
    assertThat(new Pinning(List.of(2, 5, 6)).relayCommand(List.of("relay", "-x")))
        .containsSubsequence("taskset", "-c", "5", "relay", "-x");
  }

  @Test
  void pinsNobodyToTheOnlyCore() {
    assertThat(new Pinning(List.of(3)).relayCommand(List.of("relay"))).doesNotContain("taskset");
  }
}
