package org.beaconrelay.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class KernelMemoryTest {
  @Test
  void countsObjectsThatAreInUse() {
    List<String> lines =
        List.of(
            "slabinfo - version: 2.1",
            "# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> :"
                + " ...",
            "TCP                   10     26   2368   13    8 : tunables    0    0    0 : slabdata",
            "sock_inode_cache       3     39    832   39    8 : tunables    0    0    0 :"
                + " slabdata");
    assertThat(KernelMemory.SLABINFO.bytes(lines)).isEqualTo(10 * 2_368 + 3 * 832);
  }

  @Test
  void countsPagesWhereObjectsAreSecret() {
    List<String> lines =
        List.of(
            "MemFree:         4039888 kB",
            "Slab:             222116 kB",
            "SReclaimable:     185148 kB",
            "SUnreclaim:        36968 kB");
    assertThat(KernelMemory.MEMINFO.bytes(lines)).isEqualTo(222_116L << 10);
  }

  @Test
  void isThere() throws Exception {
    assertThat(KernelMemory.best().medianBytes()).isPositive();
    assertThat(KernelMemory.MEMINFO.medianBytes()).isPositive();
  }
}
