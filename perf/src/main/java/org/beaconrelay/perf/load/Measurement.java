package org.beaconrelay.perf.load;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.beaconrelay.perf.RunFailedException;
import org.jspecify.annotations.Nullable;

/// Starts a run, looks at the relay's process before and after what is measured, and shows each
/// second how it goes.
final class Measurement {
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

  /// Until the first thing is due: links of a pairing are opened before it.
  private static final long LEAD_NS = TimeUnit.MILLISECONDS.toNanos(500);

  /// What is under way at the end has so long to be done.
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(15);

  private final Stopper stopper;
  private final @Nullable Path out;

  /// @param out folder for the distributions; null = none
  Measurement(Stopper stopper, @Nullable Path out) throws IOException {
    this.stopper = stopper;
    this.out = out;
    if (out != null) {
      Files.createDirectories(out);
    }
  }

  /// Opens what the load needs, and starts it.
  interface Starter {
    LoadRun start() throws IOException, RunFailedException;
  }

  /// The schedule of a run that is about to start.
  static Schedule scheduleOf(Scenario scenario) {
    long startNs = System.nanoTime() + LEAD_NS;
    return new Schedule(startNs, scenario.rate(), scenario.warmup(), scenario.duration());
  }

  /// @param name of what it is against
  /// @param pid of the relay, if it is known
  LoadResult of(String name, OptionalLong pid, Starter starter)
      throws IOException, InterruptedException, RunFailedException {
    try (LoadRun run = starter.start();
        PrintStream logStream = logStream(name)) {
      stopper.watch(run);
      Schedule schedule = run.schedule();
      HistogramLogWriter log = Latencies.log(logStream, System.currentTimeMillis());
      long measuredFromNs = schedule.startNs() + schedule.warmup().toNanos();
      boolean done = follow(name, run, log, measuredFromNs);
      RelayFigures before = figures(pid);
      long endNs = measuredFromNs + schedule.duration().toNanos();
      done = done || follow(name, run, log, endNs);
      RelayFigures after = figures(pid);
      done = done || follow(name, run, log, endNs + PATIENCE_NS);
      log.outputIntervalHistogram(run.latencies().takeInterval());
      run.lateness().takeInterval();
      if (out != null) {
        run.latencies().writePercentiles(out.resolve(name + ".percentiles"));
      }
      return new LoadResult(
          name,
          done && isWhole(run, schedule),
          run.latencies().total(),
          run.lateness().total(),
          run.counts(),
          before == null || after == null ? null : after.times().since(before.times()).runNs(),
          after);
    }
  }

  private PrintStream logStream(String name) throws IOException {
    return new PrintStream(
        out == null
            ? OutputStream.nullOutputStream()
            : Files.newOutputStream(out.resolve(name + ".hlog")));
  }

  /// All that was due was done, and nothing else happened.
  private static boolean isWhole(LoadRun run, Schedule schedule) {
    Map<String, Long> counts = run.counts();
    return !counts.isEmpty()
        && counts.values().stream().allMatch(count -> count == schedule.count());
  }

  /// Shows each second how it goes, until a moment or the end.
  ///
  /// @return whether it has ended
  private static boolean follow(String name, LoadRun run, HistogramLogWriter log, long untilNs)
      throws InterruptedException {
    long leftNs = untilNs - System.nanoTime();
    while (leftNs > 0) {
      if (run.await(Math.min(leftNs, SECOND_NS))) {
        return true;
      }
      Histogram interval = run.latencies().takeInterval();
      run.lateness().takeInterval();
      if (interval.getTotalCount() > 0) {
        log.outputIntervalHistogram(interval);
      }
      System.err.println(progress(name, interval, run.counts()));
      leftNs = untilNs - System.nanoTime();
    }
    return run.await(1);
  }

  private static String progress(String name, Histogram interval, Map<String, Long> counts) {
    return interval.getTotalCount() == 0
        ? "%s: warming up, %s".formatted(name, counts)
        : "%s: %d, p50 %s us, p99 %s us, max %s us"
            .formatted(
                name,
                interval.getTotalCount(),
                LoadResult.us(interval.getValueAtPercentile(50)),
                LoadResult.us(interval.getValueAtPercentile(99)),
                LoadResult.us(interval.getMaxValue()));
  }

  /// @return null if they are not known: it may have ended
  private static @Nullable RelayFigures figures(OptionalLong pid) {
    try {
      return pid.isPresent() ? RelayFigures.read(pid.getAsLong()) : null;
    } catch (IOException e) {
      System.err.println("beacon: load: the relay's process is not to be seen any more: " + e);
      return null;
    }
  }
}
