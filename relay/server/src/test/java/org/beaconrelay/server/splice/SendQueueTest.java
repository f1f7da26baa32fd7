package org.beaconrelay.server.splice;

import static org.assertj.core.api.Assertions.assertThat;

import org.beaconrelay.server.linux.ListenSocket;
import org.junit.jupiter.api.Test;

/// What the kernel keeps for an end that does not read.
final class SendQueueTest {
  /// As much again for the kernel's own, and the last piece that was let in.
  private static final int SHORT_QUEUE_BYTES = 3 * ListenSocket.UNSENT_BYTES;

  @Test
  void anEndThatHasReadNothingHasAShortQueue() {
    try (SpliceRig rig = SpliceRig.roomy()) {
      SpliceRig.RiggedPair pair = rig.pair().start();

      pair.stall();

      assertThat(pair.splice.toBroker().next()).isEqualTo(Flow.Step.AWAIT_SINK);
      assertThat(pair.splice.toBroker().deliveredBytes()).isLessThan(Pump.LONG_QUEUE_FROM_BYTES);
      assertThat(rig.syscalls.sendQueueBytes(pair.brokerFd)).isBetween(1, SHORT_QUEUE_BYTES);
    }
  }

  @Test
  void anEndThatHasReadMayHaveALongOne() {
    try (SpliceRig rig = SpliceRig.roomy()) {
      SpliceRig.RiggedPair pair = rig.pair().start();

      pair.relayAll(2 * Pump.LONG_QUEUE_FROM_BYTES);
      pair.stall();

      assertThat(rig.syscalls.sendQueueBytes(pair.brokerFd)).isGreaterThan(1 << 20);
    }
  }

  @Test
  void eachWayIsJudgedByItself() {
    try (SpliceRig rig = SpliceRig.roomy()) {
      SpliceRig.RiggedPair pair = rig.pair().start();
      pair.relayAll(2 * Pump.LONG_QUEUE_FROM_BYTES);

      byte[] unread = new byte[64 << 10];
      for (int i = 0; i < 64; i++) {
        rig.sendSome(pair.broker, unread);
      }

      assertThat(rig.syscalls.sendQueueBytes(pair.bridgeFd)).isBetween(1, SHORT_QUEUE_BYTES);
    }
  }
}
