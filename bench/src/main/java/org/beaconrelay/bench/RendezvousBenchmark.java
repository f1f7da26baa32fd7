package org.beaconrelay.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.rendezvous.KeyedHash;
import org.beaconrelay.server.rendezvous.Liveness;
import org.beaconrelay.server.rendezvous.Outcome;
import org.beaconrelay.server.rendezvous.Rendezvous;
import org.beaconrelay.server.rendezvous.WaitingLink;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Two announces that meet, and one that is withdrawn, while many others wait: hashing, announcing,
/// pairing, forgetting.
///
/// Run: `java -jar bench/target/benchmarks.jar Rendezvous -prof gc`
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RendezvousBenchmark {
  private static final int INPUTS = 1024;

  @Param({"1", "1000", "1000000"})
  private int waitingLinks;

  private final KeyedHash keyedHash = KeyedHash.random();
  private final SplittableRandom random = new SplittableRandom(1);
  private final Rendezvous rendezvous = new Rendezvous(256);
  private final InfoHash[] inputs = new InfoHash[INPUTS];
  private int next;

  @Setup
  public void park() {
    for (int i = 0; i < waitingLinks; i++) {
      rendezvous.announce(link(Role.BRIDGE, randomHash()));
    }
    for (int i = 0; i < INPUTS; i++) {
      inputs[i] = randomHash();
    }
  }

  @Benchmark
  public Outcome pair() {
    InfoHash infoHash = inputs[next++ & (INPUTS - 1)];
    rendezvous.announce(link(Role.BRIDGE, infoHash));
    return rendezvous.announce(link(Role.BROKER, infoHash));
  }

  @Benchmark
  public int withdraw() {
    WaitingLink link = link(Role.BRIDGE, inputs[next++ & (INPUTS - 1)]);
    rendezvous.announce(link);
    rendezvous.withdraw(link);
    return rendezvous.waitingCount();
  }

  private WaitingLink link(Role role, InfoHash infoHash) {
    return new WaitingLink(role, infoHash, keyedHash.of(infoHash), () -> Liveness.ALIVE);
  }

  private InfoHash randomHash() {
    return new InfoHash(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }
}
