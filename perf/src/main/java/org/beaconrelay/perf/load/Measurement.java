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

  /// @param out folder for the distributions, which is there; null = none
  Measurement(@Nullable Path out) {
    this.out = out;
  }

  /// @param name of what it is against
  /// @param run that has just started
  LoadResult of(String name, RelayWatch relay, LoadRun run)
      throws IOException, InterruptedException {
    Path folder = run.unit().isTimed() ? out : null;
    try (PrintStream logStream = logStream(folder, name)) {
      HistogramLogWriter log = Latencies.log(logStream, System.currentTimeMillis());
      Progress progress = new Progress(name, run);
      Window window = run.window();
      boolean ended = follow(run, log, window.fromNs(), progress, () -> {});
      long fromNs = System.nanoTime();
      long doneBefore = run.done();
      Runnable look = () -> relay.look(System.nanoTime() - fromNs);
      look.run();
      ended = ended || follow(run, log, window.toNs(), progress, look);
      long elapsedNs = System.nanoTime() - fromNs;
      long done = run.done() - doneBefore;
      ended = ended || follow(run, log, window.toNs() + PATIENCE_NS, progress, () -> {});
      log.outputIntervalHistogram(run.latencies().takeInterval());
      run.lateness().takeInterval();
      Histogram latencies = run.latencies().total();
      if (folder != null) {
        run.latencies().writePercentiles(folder.resolve(name + ResultFolder.PERCENTILES));
      }
      return new LoadResult(
          name,
          run.unit(),
          ended && run.isWhole(),
          done,
          elapsedNs,
          latencies,
          run.lateness().total(),
          run.counts(),
          relay.series(),
          null);
    }
  }

  private static PrintStream logStream(@Nullable Path folder, String name) throws IOException {
    return new PrintStream(
        folder == null
            ? OutputStream.nullOutputStream()
            : Files.newOutputStream(folder.resolve(name + ResultFolder.LOG)));
  }

  /// Shows each second how it goes, until a moment or the end.
  ///
  /// @param look at the end of each second, and at the end
  /// @return whether it has ended
  private static boolean follow(
      LoadRun run, HistogramLogWriter log, long untilNs, Progress progress, Runnable look)
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
      progress.tell(interval);
    }
    return ended;
  }
}
