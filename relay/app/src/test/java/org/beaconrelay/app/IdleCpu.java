package org.beaconrelay.app;

import java.util.concurrent.TimeUnit;
import org.beaconrelay.testing.ProcessFigures;

/// How much CPU time a process takes that has nothing to do.
final class IdleCpu {
  private static final int SETTLING_SECONDS = 20;
  private static final long QUIET_NS = TimeUnit.MILLISECONDS.toNanos(10);

  private IdleCpu() {}

  /// Lets what the traffic before has left to the JVM pass (compiler, collector): until a second
  /// has next to no CPU time, or for 20 s; then measures.
  ///
  /// @return milliseconds of CPU time in `seconds`
  static double ms(ProcessFigures process, int seconds) throws InterruptedException {
    for (int i = 0; i < SETTLING_SECONDS && overNs(process, 1) > QUIET_NS; i++) {}
    return overNs(process, seconds) / 1e6;
  }

  private static long overNs(ProcessFigures process, int seconds) throws InterruptedException {
    long beforeNs = process.cpuNs();
    TimeUnit.SECONDS.sleep(seconds);
    return process.cpuNs() - beforeNs;
  }
}
