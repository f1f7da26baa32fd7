package org.beaconrelay.server.splice;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.beaconrelay.server.linux.Loopback;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.server.splice.SpliceRig.RiggedPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// Two pipes for any use and two in reserve, one of which is stuck behind a sink that took less
/// than it said.
@ParameterizedClass(name = "copy = {0}")
@ValueSource(booleans = {false, true})
final class StuckReserveTest {
  private static final byte[] BYTES = {1, 2, 3, 4, 5};

  private final SpliceRig rig;
  private RiggedPair behind;

  StuckReserveTest(boolean copy) {
    rig = new SpliceRig(copy, 4);
  }

  /// A pair whose sink holds much that its reader has not taken, and would take more.
  @BeforeEach
  void fallBehind() {
    behind = rig.pair().start();
    while (rig.syscalls.sendQueueBytes(behind.brokerFd) < 10 * PipePool.SURE_BYTES) {
      behind.bridgeSendsIfItCan(PipePool.SURE_BYTES);
      rig.work();
    }
    assertThat(rig.syscalls.isWritable(behind.brokerFd)).isTrue();
    assertThat(rig.pipes.leasedCount()).isZero();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void leavesTheRestToSinksThatHaveTakenWhatTheyGot() {
    Stuck stuck = new Stuck(3);
    long deliveredBytes = behind.splice.toBroker().deliveredBytes();
    behind.bridgeSendsIfItCan(BYTES.length);
    rig.work();
    assertThat(behind.splice.toBroker().deliveredBytes()).isEqualTo(deliveredBytes);
    assertThat(rig.counters.get(Counter.PIPE_WAITS)).isEqualTo(1);

    RiggedPair upToDate = rig.pair().start();
    SpliceRig.send(upToDate.bridge, BYTES);
    assertThat(rig.receive(upToDate.broker, BYTES.length)).isEqualTo(BYTES);
    stuck.end();
  }

  @Test
  void goesOnOnceTheReaderHasReadThoughNoPipeComesBack() {
    Stuck stuck = new Stuck(3);
    behind.bridgeSendsIfItCan(BYTES.length);
    rig.work();
    behind.relayAll(10 * PipePool.SURE_BYTES);
    stuck.end();
  }

  @Test
  void takesWritableAtItsWordAsLongAsTheReserveIsWhole() {
    Stuck stuck = new Stuck(2);
    long deliveredBytes = behind.splice.toBroker().deliveredBytes();
    behind.bridgeSendsIfItCan(10 * PipePool.SURE_BYTES);
    rig.work();
    assertThat(behind.splice.toBroker().deliveredBytes())
        .isEqualTo(deliveredBytes + 10 * PipePool.SURE_BYTES);
    stuck.end();
  }

  @Test
  void passesTheTurnOnToWhoeverNeedsNoShorterSink() {
    Stuck stuck = new Stuck(4);
    RiggedPair upToDate = rig.pair().start();
    behind.bridgeSendsIfItCan(BYTES.length);
    SpliceRig.send(upToDate.bridge, BYTES);
    rig.work();
    stuck.giveOneBack();
    assertThat(rig.receive(upToDate.broker, BYTES.length)).isEqualTo(BYTES);
    stuck.end();
  }

  @Test
  void restsNoLongerWhenItsPairFails() {
    Stuck stuck = new Stuck(3);
    behind.bridgeSendsIfItCan(BYTES.length);
    rig.work();
    Loopback.reset(behind.broker);
    rig.workUntil(() -> behind.endedCount > 0);
    stuck.end();
    rig.endRests();
    assertThat(behind.endedCount).isEqualTo(1);
  }

  /// Pipes that somebody has leased and does not give back.
  private final class Stuck {
    private final Pipe[] pipes;
    private int left;

    Stuck(int count) {
      pipes = new Pipe[count];
      for (left = 0; left < count; left++) {
        Pipe pipe = rig.pipes.lease();
        pipes[left] = requireNonNull(pipe == null ? rig.pipes.leaseReserved() : pipe);
      }
    }

    void giveOneBack() {
      rig.pipes.giveBack(pipes[--left]);
    }

    void end() {
      while (left > 0) {
        giveOneBack();
      }
      rig.work();
      assertThat(rig.pipes.leasedCount()).isZero();
    }
  }
}
