package org.beaconrelay.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.beaconrelay.perf.RunFailedException;
import org.junit.jupiter.api.Test;

/// Messages between sockets with no relay between.
final class MessageRunIT {
  private static final long PATIENCE_NS = Duration.ofSeconds(60).toNanos();

  private static MessageRun start(int pairs, int sizeBytes, int rate)
      throws IOException, RunFailedException {
    Schedule schedule = Schedule.soon(rate, Duration.ZERO, Duration.ofSeconds(1));
    return MessageRun.start(Opened.of(pairs, DirectPair::open), sizeBytes, schedule);
  }

  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  @Test
  void needsNoMoreMemoryForMorePairs() throws Exception {
    long beforeBytes = directBytes();
    try (MessageRun run = start(500, 1 << 16, 500)) {
      assertThat(run.await(PATIENCE_NS)).isTrue();
      assertThat(run.isWhole()).as("%s", run.counts()).isTrue();
      assertThat(directBytes() - beforeBytes).isLessThan(1 << 20);
    }
  }

  @Test
  void delivers() throws Exception {
    for (int sizeBytes : new int[] {16, 17, 999, 300_001}) {
      try (MessageRun run = start(3, sizeBytes, 300)) {
        assertThat(run.await(PATIENCE_NS)).isTrue();
        assertThat(run.isWhole()).as("%d bytes: %s", sizeBytes, run.counts()).isTrue();
      }
    }
  }
}
