package org.beaconrelay.bench;

import java.util.concurrent.TimeUnit;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.server.rendezvous.KeyedHash;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What decides to which shard an info_hash belongs.
///
/// Run: `java -jar bench/target/benchmarks.jar KeyedHash -prof gc`
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KeyedHashBenchmark {
  private final KeyedHash keyedHash = KeyedHash.random();
  private final InfoHash infoHash = new InfoHash(0x0123456789abcdefL, 2, 3, 4);

  @Benchmark
  public long hash() {
    return keyedHash.of(infoHash);
  }
}
