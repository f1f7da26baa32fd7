package org.beaconrelay.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.beaconrelay.testing.ProcessFigures;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SleepingLoopsTest {
  /// Longer than Netty's own loops ever sleep.
  private static final long IDLE_MS = 1500;

  private static final long SETTLING_MS = 100;
  private static final int SETTLING_LOOKS = 100;

  private static Map<String, Long> cpuNs() {
    return ProcessFigures.ofThis().cpuNsByThread().entrySet().stream()
        .filter(thread -> thread.getKey().startsWith("beacon-shard-"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// Until a loop that has started, and done what it was given, does not run any more.
  private static void awaitAsleep() throws InterruptedException {
    Map<String, Long> before = Map.of();
    for (int i = 0; i < SETTLING_LOOKS && !before.equals(cpuNs()); i++) {
      before = cpuNs();
      Thread.sleep(SETTLING_MS);
    }
  }

  /// To the nanosecond: a loop that wakes up for a moment only has run meanwhile.
  @ParameterizedTest
  @EnumSource(LoopKind.class)
  void aLoopWithNothingToDoIsNeverAwake(LoopKind kind) throws InterruptedException {
    try (EventLoops loops = kind.start()) {
      CountDownLatch started = new CountDownLatch(1);
      loops.loops().getFirst().execute(started::countDown);
      started.await();
      awaitAsleep();
      Map<String, Long> before = cpuNs();
      assertThat(before).hasSize(1);
      Thread.sleep(IDLE_MS);
      assertThat(cpuNs()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource(LoopKind.class)
  void isWokenUpByWhatItIsGiven(LoopKind kind) throws InterruptedException {
    try (EventLoops loops = kind.start()) {
      EventLoop loop = loops.loops().getFirst();
      loop.execute(() -> {}); // a loop begins with what it is given first
      awaitAsleep();
      CountDownLatch done = new CountDownLatch(1);
      loop.execute(done::countDown);
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }
}
