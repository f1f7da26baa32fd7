package org.beaconrelay.bench;

import io.netty.channel.epoll.Native;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.server.linux.Syscalls;
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

/// What it costs to call splice(2) with nothing to move, between two empty pipes: through the
/// foreign-function API with errno kept, as the relay does, and through Netty's own binding. The
/// rest are what such a call cannot cost less than: a foreign call that does nothing, and one that
/// only enters the kernel.
///
/// Run: `java -jar bench/target/benchmarks.jar SystemCall -prof gc`
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SystemCallBenchmark {
  private static final MethodHandle ABS =
      link("abs", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  private static final MethodHandle GETPPID =
      link("getppid", FunctionDescriptor.of(ValueLayout.JAVA_INT));

  private final Syscalls syscalls = new Syscalls();
  private int readFd;
  private int readFdWriter;
  private int writeFd;
  private int writeFdReader;

  @SuppressWarnings("restricted") // a benchmark of just that
  private static MethodHandle link(String name, FunctionDescriptor descriptor) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
  }

  @Setup
  public void openPipes() {
    long source = syscalls.openPipe();
    long sink = syscalls.openPipe();
    readFd = (int) (source >>> Integer.SIZE);
    readFdWriter = (int) source;
    writeFdReader = (int) (sink >>> Integer.SIZE);
    writeFd = (int) sink;
  }

  @TearDown
  public void closePipes() {
    syscalls.close(readFd);
    syscalls.close(readFdWriter);
    syscalls.close(writeFd);
    syscalls.close(writeFdReader);
  }

  @Benchmark
  public long spliceByForeignFunction() {
    return syscalls.splice(readFd, writeFd, 65_536);
  }

  @Benchmark
  public int spliceByNetty() throws IOException {
    return Native.splice(readFd, -1, writeFd, -1, 65_536);
  }

  @Benchmark
  public int noCallButIntoC() throws Throwable {
    return (int) ABS.invokeExact(readFd);
  }

  @Benchmark
  public int callThatDoesNothing() throws Throwable {
    return (int) GETPPID.invokeExact();
  }
}
