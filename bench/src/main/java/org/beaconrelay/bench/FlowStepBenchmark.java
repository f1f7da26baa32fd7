package org.beaconrelay.bench;

import java.util.concurrent.TimeUnit;
import org.beaconrelay.server.splice.Flow;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a message costs in decisions alone: the four steps of a flow that takes one message and
/// waits for the next, without a system call.
///
/// Run: `java -jar bench/target/benchmarks.jar FlowStep -prof gc`
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FlowStepBenchmark {
  private static final int MESSAGE_BYTES = 64;

  private final Flow flow = new Flow();

  @Benchmark
  public Flow.Step message() {
    flow.sourceReady();
    flow.next(); // FILL
    flow.filled(MESSAGE_BYTES);
    flow.fillBlocked();
    flow.next(); // FLUSH
    flow.flushed(MESSAGE_BYTES);
    return flow.next(); // AWAIT_SOURCE
  }
}
