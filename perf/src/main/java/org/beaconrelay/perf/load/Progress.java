package org.beaconrelay.perf.load;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/// Tells on standard error how a run goes.
final class Progress {
  private static final double NS_PER_S = 1e9;

  private final String name;
  private final LoadRun run;
  private long toldNs = System.nanoTime();
  private long toldDone;

  /// @param name of what it is against
  Progress(String name, LoadRun run) {
    this.name = name;
    this.run = run;
  }

  /// @param interval what was measured since the last time
  void tell(Histogram interval) {
    long nowNs = System.nanoTime();
    long done = run.done();
    System.err.println(name + ": " + text(interval, nowNs, done));
    toldNs = nowNs;
    toldDone = done;
  }

  private String text(Histogram interval, long nowNs, long done) {
    if (nowNs - run.window().fromNs() < 0) {
      return "warming up, " + run.counts();
    }
    if (!run.unit().isTimed()) {
      double gib = LoadText.gib(done - toldDone);
      return String.format(Locale.ROOT, "%.2f GiB/s", gib / ((nowNs - toldNs) / NS_PER_S));
    }
    if (interval.getTotalCount() == 0) {
      return run.counts().toString();
    }
    return "%d, p50 %s us, p99 %s us, max %s us"
        .formatted(
            interval.getTotalCount(),
            LoadText.us(Percentile.P50.of(interval)),
            LoadText.us(Percentile.P99.of(interval)),
            LoadText.us(Percentile.MAX.of(interval)));
  }
}
