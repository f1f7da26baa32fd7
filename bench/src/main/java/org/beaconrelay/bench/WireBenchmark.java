package org.beaconrelay.bench;

import java.util.concurrent.TimeUnit;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.AnnounceCheck;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What is on the wire before a pair runs: an announce is read, a frame is written.
///
/// Run: `java -jar bench/target/benchmarks.jar Wire -prof gc`
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WireBenchmark {
  private final byte[] announce =
      Announce.of(Role.BRIDGE, new InfoHash(0x0123456789abcdefL, 2, 3, 4)).toBytes();
  private long pairId;

  @Benchmark
  public AnnounceCheck readAnnounce() {
    return AnnounceCheck.of(announce, announce.length, false);
  }

  @Benchmark
  public byte[] writePaired() {
    return new Frame.Paired(pairId++).toBytes();
  }
}
