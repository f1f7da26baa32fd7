package org.beaconrelay.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestPair;
import org.junit.jupiter.api.Test;

final class DrainIT {
  @Test
  void turnsAwayWhoWaitsOrComesAndLetsPairsEnd() throws Exception {
    try (TestRelay relay = TestRelay.start()) {
      FutureTask<Boolean> drained = new FutureTask<>(() -> relay.relay().drain());
      try (TestPair pair = relay.pair();
          TestLink waiting = relay.waiting(Role.BROKER)) {
        Thread.ofPlatform().start(drained);
        assertThat(waiting.awaitRejected()).isEqualTo(RejectReason.DRAINING);
        try (TestLink late = relay.connect()) {
          assertThat(late.awaitRejected()).isEqualTo(RejectReason.DRAINING);
        }
        pair.exchange();
        assertThat(drained.isDone()).isFalse();
        pair.bridge().halfClose();
        pair.broker().halfClose();
        assertThat(pair.bridge().isAtEnd()).isTrue();
        assertThat(pair.broker().isAtEnd()).isTrue();
      }
      assertThat(drained.get()).isTrue();
    }
  }

  @Test
  void waitsForTheLastLinkWhereThereIsNoLimit() throws Exception {
    try (TestRelay relay = TestRelay.start(settings -> settings.drainTimeout = Duration.ZERO)) {
      FutureTask<Boolean> drained = new FutureTask<>(() -> relay.relay().drain());
      try (TestPair pair = relay.pair()) {
        Thread.ofPlatform().start(drained);
        assertThatExceptionOfType(TimeoutException.class)
            .isThrownBy(() -> drained.get(200, TimeUnit.MILLISECONDS));
        pair.exchange();
      }
      assertThat(drained.get()).isTrue();
    }
  }

  @Test
  void refusesALinkThatWasStillAnnouncing() throws Exception {
    try (TestRelay relay =
            TestRelay.start(settings -> settings.drainTimeout = Duration.ofMillis(1));
        TestLink announcing = relay.connect()) {
      announcing.send((byte) 'B');
      relay.awaitLinks(1); // or it would be there after the drain
      assertThat(relay.relay().drain()).isFalse();
      announcing.send("CN1".getBytes(US_ASCII));
      announcing.send(new byte[] {1, 2, 0, 0});
      announcing.send(new byte[40]);
      assertThat(announcing.awaitRejected()).isEqualTo(RejectReason.DRAINING);
    }
  }

  @Test
  void resetsPairsThatDoNotEndInTime() throws Exception {
    try (TestRelay relay =
        TestRelay.start(settings -> settings.drainTimeout = Duration.ofMillis(100))) {
      try (TestPair pair = relay.pair()) {
        assertThat(relay.relay().drain()).isFalse();
        pair.exchange();
        relay.stop();
        assertThat(pair.bridge().isReset()).isTrue();
        assertThat(pair.broker().isReset()).isTrue();
        assertThat(relay.awaitCloseReasons(2)).containsOnly(CloseReason.STOPPED);
      }
    }
  }
}
