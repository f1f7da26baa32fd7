package org.beaconrelay.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The outer TLS comes off at the right byte, however TCP cuts the stream (PROTOCOL.md, section 6).
@ExtendWith(LeakCheck.class)
final class SwitchOverIT {
  /// More than PAIRED and close_notify are together: two records of less than 50 bytes each, and a
  /// ClientHello has more than 100.
  private static final int PAIRED_AND_CLIENT_HELLO = 200;

  private static void assertCarries(Rig rig) throws Exception {
    try (Socket caller = rig.call()) {
      caller.getOutputStream().write("question".getBytes(US_ASCII));
      assertThat(caller.getInputStream().readNBytes(8)).isEqualTo("question".getBytes(US_ASCII));
    }
  }

  @Test
  void takesPairedAndRawBytesThatComeAsOnePiece() throws Exception {
    try (TestRelay relay = TestRelay.start(true);
        HeldBack between = HeldBack.inFront(relay.address());
        StandIn service = StandIn.start(StandIn::echo);
        Rig rig =
            Rig.of(
                Rig.bridge(List.of(between.address()), relay.trust(), service.address(), 1),
                Rig.broker(List.of(relay.address()), relay.trust()))) {
      rig.bridgeSaid.awaitReady();
      between.holdUntil(PAIRED_AND_CLIENT_HELLO);
      assertCarries(rig);
      assertThat(rig.bridgeSaid.problems()).isEmpty();
    }
  }

  @Test
  void takesEachByteByItself() throws Exception {
    try (TestRelay relay = TestRelay.start(true);
        HeldBack between = HeldBack.byteByByte(relay.address());
        StandIn service = StandIn.start(StandIn::echo);
        Rig rig =
            Rig.of(
                Rig.bridge(List.of(between.address()), relay.trust(), service.address(), 1),
                Rig.broker(List.of(between.address()), relay.trust()))) {
      for (int i = 0; i < 5; i++) {
        assertCarries(rig);
      }
      assertThat(rig.bridgeSaid.problems()).isEmpty();
      assertThat(rig.brokerSaid.problems()).isEmpty();
    }
  }
}
