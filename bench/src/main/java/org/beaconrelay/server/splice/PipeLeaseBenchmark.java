package org.beaconrelay.server.splice;

import java.util.concurrent.TimeUnit;
import org.beaconrelay.server.linux.Syscalls;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A pipe leased and given back, as each wake-up that moves bytes does. It stands in this package
/// because nobody else may.
///
/// Run: `java -jar bench/target/benchmarks.jar PipeLease -prof gc`
@NullUnmarked
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PipeLeaseBenchmark {
  private static final int PIPE_BYTES = 1 << 20;

  private PipePool pipes;

  @Setup
  public void open() {
    pipes =
        new PipePool(new Syscalls(), new Turns(() -> {}), false, PIPE_BYTES, 8 * PIPE_BYTES, 16);
  }

  @TearDown
  public void close() {
    pipes.close();
  }

  @Benchmark
  public int lease() {
    Pipe pipe = pipes.lease();
    pipes.giveBack(pipe);
    return pipe.capacityBytes();
  }
}
