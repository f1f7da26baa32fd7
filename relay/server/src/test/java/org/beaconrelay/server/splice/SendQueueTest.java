package org.beaconrelay.server.splice;

import static org.assertj.core.api.Assertions.assertThat;

import org.beaconrelay.server.linux.ListenSocket;
import org.junit.jupiter.api.Test;

/// What the kernel keeps for an end that does not read.
final class SendQueueTest {
  /// As much again for the kernel's own, and the last piece that was let in.
  private static final int SHORT_QUEUE_BYTES = 3 * ListenSocket.UNSENT_BYTES;

  /// And what is on its way to an end whose receive buffer has grown.
  private static final int SLOW_QUEUE_BYTES = 6 * ListenSocket.UNSENT_BYTES;

  @Test
  void anEndThatHasReadNothingHasAShortQueue() {
    try (SpliceRig rig = SpliceRig.roomy()) {
      SpliceRig.RiggedPair pair = rig.pair().start();

      pair.stall();

      assertThat(pair.splice.toBroker().next()).isEqualTo(Flow.Step.AWAIT_SINK);
      assertThat(pair.splice.toBroker().deliveredBytes()).isLessThan(Pump.FAST_BYTES);
      assertThat(rig.syscalls.sendQueueBytes(pair.brokerFd)).isBetween(1, SHORT_QUEUE_BYTES);
    }
  }

  @Test
  void anEndThatReadsFastMayHaveALongOne() {
    try (SpliceRig rig = SpliceRig.roomy()) {
      SpliceRig.RiggedPair pair = rig.pair().start();

      pair.relayAll(2 * Pump.FAST_BYTES);
      pair.stall();

      assertThat(rig.syscalls.sendQueueBytes(pair.brokerFd)).isGreaterThan(1 << 20);
    }
  }

  @Test
  void anEndThatReadsSlowlyHasAShortOne() {
    try (SpliceRig rig = SpliceRig.roomy()) {
      SpliceRig.RiggedPair pair = rig.pair().start();

      for (int i = 0; i < 32; i++) {
        pair.relayAll(Pump.FAST_BYTES / 16);
        rig.letPass(Pump.FAST_NS / 10);
      }
      pair.stall();

      assertThat(pair.splice.toBroker().deliveredBytes()).isGreaterThan(2 * Pump.FAST_BYTES);
      assertThat(rig.syscalls.sendQueueBytes(pair.brokerFd)).isBetween(1, SLOW_QUEUE_BYTES);
    }
  }

  @Test
  void eachWayIsJudgedByItself() {
    try (SpliceRig rig = SpliceRig.roomy()) {
      SpliceRig.RiggedPair pair = rig.pair().start();
      pair.relayAll(2 * Pump.FAST_BYTES);

      byte[] unread = new byte[64 << 10];
      for (int i = 0; i < 64; i++) {
        rig.sendSome(pair.broker, unread);
      }

      assertThat(rig.syscalls.sendQueueBytes(pair.bridgeFd)).isBetween(1, SHORT_QUEUE_BYTES);
    }
  }
}
