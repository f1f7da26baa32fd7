package org.beaconrelay.perf.load;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.jspecify.annotations.Nullable;

/// Follows a run, looks at the relay's process in what is measured of it, and shows each second how
/// it goes.
final class Measurement {
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

  /// What is under way at the end has so long to be done.
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(15);

  private final @Nullable Path out;

  /// @param out folder for the distributions; null = none
  Measurement(@Nullable Path out) throws IOException {
    this.out = out;
    if (out != null) {
      Files.createDirectories(out);
    }
  }

  /// @param name of what it is against
  /// @param run that has just started
  LoadResult of(String name, RelayWatch relay, LoadRun run)
      throws IOException, InterruptedException {
    try (PrintStream logStream = logStream(name)) {
      HistogramLogWriter log = Latencies.log(logStream, System.currentTimeMillis());
      Window window = run.window();
      boolean done = follow(name, run, log, window.fromNs(), () -> {});
      long fromNs = System.nanoTime();
      Runnable look = () -> relay.look(System.nanoTime() - fromNs);
      look.run();
      done = done || follow(name, run, log, window.toNs(), look);
      long elapsedNs = System.nanoTime() - fromNs;
      done = done || follow(name, run, log, window.toNs() + PATIENCE_NS, () -> {});
      log.outputIntervalHistogram(run.latencies().takeInterval());
      run.lateness().takeInterval();
      if (out != null) {
        run.latencies().writePercentiles(out.resolve(name + ".percentiles"));
      }
      return new LoadResult(
          name,
          run.unit(),
          done && run.isWhole(),
          run.latencies().total().getTotalCount(),
          elapsedNs,
          run.latencies().total(),
          run.lateness().total(),
          run.counts(),
          relay.series());
    }
  }

  private PrintStream logStream(String name) throws IOException {
    return new PrintStream(
        out == null
            ? OutputStream.nullOutputStream()
            : Files.newOutputStream(out.resolve(name + ".hlog")));
  }

  /// Shows each second how it goes, until a moment or the end.
  ///
  /// @param look at the end of each second, and at the end
  /// @return whether it has ended
  private static boolean follow(
      String name, LoadRun run, HistogramLogWriter log, long untilNs, Runnable look)
      throws InterruptedException {
    long nextNs = System.nanoTime();
    boolean ended = false;
    while (!ended && nextNs - untilNs < 0) {
      nextNs += Math.min(SECOND_NS, untilNs - nextNs);
      ended = run.await(Math.max(1, nextNs - System.nanoTime()));
      look.run();
      Histogram interval = run.latencies().takeInterval();
      run.lateness().takeInterval();
      if (interval.getTotalCount() > 0) {
        log.outputIntervalHistogram(interval);
      }
      System.err.println(progress(name, interval, run));
    }
    return ended;
  }

  private static String progress(String name, Histogram interval, LoadRun run) {
    return interval.getTotalCount() == 0
        ? "%s: warming up, %s".formatted(name, run.counts())
        : "%s: %d, p50 %s us, p99 %s us, max %s us"
            .formatted(
                name,
                interval.getTotalCount(),
                LoadText.us(Percentile.P50.of(interval)),
                LoadText.us(Percentile.P99.of(interval)),
                LoadText.us(Percentile.MAX.of(interval)));
  }
}
