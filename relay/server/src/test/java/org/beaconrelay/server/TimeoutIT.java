package org.beaconrelay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestPair;
import org.junit.jupiter.api.Test;

/// What each timeout does, and that it does nothing to others. How soon is not tested: machines are
/// slow when they like.
final class TimeoutIT {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(10);

  @Test
  void rejectsALinkThatSaysNothing() throws Exception {
    try (TestRelay relay = TestRelay.start(settings -> settings.handshakeTimeout = SHORT);
        TestPair pair = relay.pair();
        TestLink silent = relay.connect()) {
      assertThat(silent.awaitRejected()).isEqualTo(RejectReason.HANDSHAKE_TIMEOUT);
      pair.exchange();
    }
  }

  @Test
  void rejectsALinkThatHasWaitedAsLongAsTheRelayAllows() throws Exception {
    try (TestRelay relay = TestRelay.start(settings -> settings.maxWait = SHORT);
        TestLink link = relay.announce(Role.BRIDGE, InfoHashes.random())) {
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.WAIT_TIMEOUT);
    }
  }

  /// What comes meanwhile is thrown away, so that no reset destroys the frame.
  @Test
  void rejectsALinkThatGoesOnSendingEarlyData() throws Exception {
    try (TestRelay relay = TestRelay.start(settings -> settings.maxWait = SHORT);
        TestLink link = relay.announce(Role.BRIDGE, InfoHashes.random())) {
      link.send(new byte[16 << 20]); // blocks until the relay throws it away
      link.halfClose();
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.WAIT_TIMEOUT);
    }
  }

  @Test
  void rejectsALinkThatHasWaitedAsLongAsItWanted() throws Exception {
    try (TestRelay relay = TestRelay.start(settings -> settings.maxWait = LONG);
        TestLink link = announceWithWait(relay, SHORT)) {
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.WAIT_TIMEOUT);
    }
  }

  @Test
  void doesNotLetALinkWaitLongerThanTheRelayAllows() throws Exception {
    try (TestRelay relay = TestRelay.start(settings -> settings.maxWait = SHORT);
        TestLink link = announceWithWait(relay, LONG)) {
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.WAIT_TIMEOUT);
    }
  }

  private static TestLink announceWithWait(TestRelay relay, Duration wait) throws Exception {
    TestLink link = relay.connect();
    InfoHash infoHash = InfoHashes.random();
    link.send(new Announce(Role.BROKER, false, false, false, infoHash, wait.toMillis()).toBytes());
    return link;
  }

  @Test
  void doesNotEndAPairBecauseItHadToWait() throws Exception {
    try (TestRelay relay = TestRelay.start(settings -> settings.maxWait = SHORT);
        TestPair pair = relay.pair()) {
      TimeUnit.NANOSECONDS.sleep(2 * SHORT.toNanos());
      pair.exchange();
    }
  }

  @Test
  void resetsAPairThatIsIdle() throws Exception {
    try (TestRelay relay = TestRelay.start(settings -> settings.idleTimeout = SHORT);
        TestPair pair = relay.pair()) {
      pair.exchange();
      assertThat(pair.bridge().isReset()).isTrue();
      assertThat(pair.broker().isReset()).isTrue();
      assertThat(relay.awaitCloseReasons(2)).containsOnly(CloseReason.IDLE_TIMEOUT);
    }
  }

  @Test
  void doesNotResetAPairThatIsNotIdle() throws Exception {
    try (TestRelay relay =
            TestRelay.start(settings -> settings.idleTimeout = Duration.ofSeconds(3));
        TestPair pair = relay.pair()) {
      for (int i = 0; i < 50; i++) { // 5 s, in one direction only
        TimeUnit.MILLISECONDS.sleep(100);
        pair.bridge().send((byte) i);
        assertThat(pair.broker().receive(1)).containsExactly(i);
      }
    }
  }

  @Test
  void resetsAPairThatStaysHalfClosed() throws Exception {
    try (TestRelay relay = TestRelay.start(settings -> settings.halfCloseTimeout = SHORT);
        TestPair pair = relay.pair()) {
      pair.bridge().halfClose();
      assertThat(pair.broker().isAtEnd()).isTrue();
      assertThat(pair.bridge().isReset()).isTrue();
      assertThat(relay.awaitCloseReasons(2)).containsOnly(CloseReason.HALF_CLOSE_TIMEOUT);
    }
  }

  @Test
  void leavesAHalfClosedPairAloneWhileItsOtherHalfIsAlive() throws Exception {
    try (TestRelay relay =
            TestRelay.start(settings -> settings.halfCloseTimeout = Duration.ofSeconds(3));
        TestPair pair = relay.pair()) {
      pair.bridge().halfClose();
      assertThat(pair.broker().isAtEnd()).isTrue();
      for (int i = 0; i < 50; i++) { // 5 s
        TimeUnit.MILLISECONDS.sleep(100);
        pair.broker().send((byte) i);
        assertThat(pair.bridge().receive(1)).containsExactly(i);
      }
      pair.broker().halfClose();
      assertThat(pair.bridge().isAtEnd()).isTrue();
      assertThat(relay.awaitCloseReasons(2)).containsOnly(CloseReason.COMPLETED);
    }
  }
}
