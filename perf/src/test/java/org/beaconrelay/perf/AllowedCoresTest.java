package org.beaconrelay.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AllowedCoresTest {
  @Test
  void readsTheListOfTheKernel() {
    assertThat(AllowedCores.parse("0-2,5,8-9")).containsExactly(0, 1, 2, 5, 8, 9);
  }

  @Test
  void areAsManyAsThisJvmUses() throws Exception {
    List<Integer> cores = AllowedCores.of("self");
    assertThat(cores).hasSizeGreaterThanOrEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(AllowedCores.of(String.valueOf(ProcessHandle.current().pid()))).isEqualTo(cores);
  }
}
