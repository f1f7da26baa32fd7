package org.beaconrelay.bench;

import java.util.concurrent.TimeUnit;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.server.metrics.Counters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A count of what happened, by the thread that owns the counter.
///
/// Run: `java -jar bench/target/benchmarks.jar Counters -prof gc`
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CountersBenchmark {
  private final Counters<Counter> counters = new Counters<>(Counter.class);

  @Benchmark
  public void add() {
    counters.add(Counter.PIPE_WAITS, 64);
  }

  @Benchmark
  public long get() {
    return counters.get(Counter.PIPE_WAITS);
  }
}
