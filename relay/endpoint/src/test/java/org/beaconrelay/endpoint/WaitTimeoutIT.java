package org.beaconrelay.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.testing.Patience;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a broker no longer does for a caller whose time is up.
@ExtendWith(LeakCheck.class)
final class WaitTimeoutIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration WAIT = Duration.ofMillis(1);

  private static Broker start(List<HostPort> relays, int maxConnections, Observed said)
      throws IOException {
    Broker.Settings usual = Rig.broker(relays, new RelayTrust.Plain());
    return Broker.start(
        new Broker.Settings(
            usual.relays(), usual.trust(), usual.identity(), usual.listen(), WAIT, maxConnections),
        said);
  }

  private static Socket call(Broker broker) throws IOException {
    return new Socket(broker.address().getAddress(), broker.address().getPort());
  }

  private static void assertIsReset(Socket caller) {
    assertThatThrownBy(() -> caller.getInputStream().read()).isInstanceOf(SocketException.class);
  }

  /// Each of the others has its turn until the broker gives up the relay, which takes ten seconds.
  @Test
  void waitsForNoTurnAnyMore() throws Exception {
    int turns = Broker.HANDSHAKES_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
    Observed said = new Observed();
    List<Socket> others = new ArrayList<>();
    try (StandIn silent = StandIn.start(StandIn::readAll);
        Broker broker = start(List.of(silent.address()), turns + 1, said)) {
      for (int i = 0; i < turns; i++) {
        others.add(call(broker));
      }
      Patience.until(PATIENCE, "all turns are taken", () -> silent.accepted() == turns);
      try (Socket caller = call(broker)) {
        said.awaitProblem("a connection was refused: no turn for a handshake came in time");
        assertIsReset(caller);
      }
      assertThat(silent.accepted()).isEqualTo(turns);
    } finally {
      for (Socket other : others) {
        other.close();
      }
    }
  }

  /// Ends the link when the time of its caller is up, and not before.
  private static void endLate(Socket link) throws IOException {
    long startNs = System.nanoTime();
    link.getInputStream().readNBytes(Announce.LENGTH);
    Patience.until(PATIENCE, "the time is up", () -> System.nanoTime() - startNs > WAIT.toNanos());
  }

  @Test
  void triesNoFurtherRelay() throws Exception {
    try (StandIn late = StandIn.start(WaitTimeoutIT::endLate);
        StandIn further = StandIn.start(StandIn::readAll);
        Broker broker = start(List.of(late.address(), further.address()), 1, new Observed());
        Socket caller = call(broker)) {
      assertIsReset(caller);
      assertThat(late.accepted()).isEqualTo(1);
      assertThat(further.accepted()).isZero();
    }
  }
}
