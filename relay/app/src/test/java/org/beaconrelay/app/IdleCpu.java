package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.testing.ProcessFigures;

/// How much CPU time a relay takes that has nothing to do.
final class IdleCpu {
  private static final int SECONDS = 5;
  private static final double MAX_MS = 50;
  private static final int SETTLING_SECONDS = 20;
  private static final double QUIET_MS = 10;

  private IdleCpu() {}

  /// Lets what the traffic before has left to the JVM pass (compiler, collector): until a second
  /// has next to no CPU time, or for 20 s. Then five seconds must take less than 50 ms.
  static void assertRests(ProcessFigures process) throws InterruptedException {
    for (int i = 0; i < SETTLING_SECONDS && sum(over(process, 1)) > QUIET_MS; i++) {}
    Map<String, Double> msByThread = over(process, SECONDS);
    assertThat(sum(msByThread)).as("ms by thread: %s", msByThread).isLessThan(MAX_MS);
  }

  private static Map<String, Double> over(ProcessFigures process, int seconds)
      throws InterruptedException {
    Map<String, Long> before = process.cpuNsByThread();
    TimeUnit.SECONDS.sleep(seconds);
    Map<String, Double> ms = new TreeMap<>();
    process
        .cpuNsByThread()
        .forEach(
            (thread, cpuNs) -> ms.put(thread, (cpuNs - before.getOrDefault(thread, 0L)) / 1e6));
    return ms;
  }

  private static double sum(Map<String, Double> msByThread) {
    return msByThread.values().stream().mapToDouble(ms -> ms).sum();
  }
}
