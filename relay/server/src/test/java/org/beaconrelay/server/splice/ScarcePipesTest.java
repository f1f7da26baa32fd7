package org.beaconrelay.server.splice;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.beaconrelay.server.linux.Loopback;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.server.splice.SpliceRig.RiggedPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// More splices than pipes: one for any use, one in reserve.
@ParameterizedClass(name = "copy = {0}")
@ValueSource(booleans = {false, true})
final class ScarcePipesTest {
  private static final byte[] BYTES = {1, 2, 3, 4, 5};

  private final SpliceRig rig;

  ScarcePipesTest(boolean copy) {
    rig = new SpliceRig(copy, 2);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void movesBytesPastStalledReaders() {
    for (int i = 0; i < 3; i++) {
      rig.pair().start().stall();
    }
    assertThat(rig.pipes.leasedCount()).isEqualTo(1);
    rig.pair().start().relayAll(1 << 20);
  }

  @Test
  void deliversEverythingOnceStalledReadersRead() {
    RiggedPair first = rig.pair().start();
    RiggedPair second = rig.pair().start();
    RiggedPair third = rig.pair().start();
    first.stall();
    second.stall();
    third.stall();
    third.relayAll(0);
    second.relayAll(1 << 20);
    first.relayAll(1 << 20);
    assertThat(rig.pipes.leasedCount()).isZero();
  }

  @Test
  void waitsWhereThereIsNoPipeAtAll() {
    Pipe stuck = leaseAny();
    Pipe stuckToo = leaseLast();
    RiggedPair pair = rig.pair().start();
    SpliceRig.send(pair.bridge, BYTES);
    rig.work();
    assertThat(rig.counters.get(Counter.PIPE_WAITS)).isEqualTo(2);
    assertThat(pair.splice.toBroker().deliveredBytes()).isZero();
    rig.pipes.giveBack(stuck);
    assertThat(rig.receive(pair.broker, BYTES.length)).isEqualTo(BYTES);
    rig.pipes.giveBack(stuckToo);
  }

  @Test
  void resumesWhenAPipeIsDiscarded() {
    Pipe stuck = leaseAny();
    Pipe stuckToo = leaseLast();
    RiggedPair pair = rig.pair().start();
    SpliceRig.send(pair.bridge, BYTES);
    rig.work();
    rig.pipes.discard(stuck);
    assertThat(rig.receive(pair.broker, BYTES.length)).isEqualTo(BYTES);
    rig.pipes.giveBack(stuckToo);
  }

  @Test
  void passesTheTurnOnWhenItsPairIsGone() {
    Pipe stuck = leaseAny();
    Pipe stuckToo = leaseLast();
    RiggedPair gone = rig.pair().start();
    RiggedPair next = rig.pair().start();
    SpliceRig.send(next.bridge, BYTES);
    rig.work();
    rig.pipes.giveBack(stuck);
    gone.splice.close();
    assertThat(rig.receive(next.broker, BYTES.length)).isEqualTo(BYTES);
    rig.pipes.giveBack(stuckToo);
  }

  @Test
  void waitsNoLongerWhenItsPairFails() {
    Pipe stuck = leaseAny();
    Pipe stuckToo = leaseLast();
    RiggedPair pair = rig.pair().start();
    Loopback.reset(pair.bridge);
    rig.workUntil(() -> pair.endedCount > 0);
    rig.pipes.giveBack(stuck);
    rig.pipes.giveBack(stuckToo);
    rig.work();
    assertThat(pair.endedCount).isEqualTo(1);
    assertThat(rig.pipes.leasedCount()).isZero();
  }

  private Pipe leaseAny() {
    return requireNonNull(rig.pipes.lease());
  }

  private Pipe leaseLast() {
    return requireNonNull(rig.pipes.leaseReserved());
  }
}
