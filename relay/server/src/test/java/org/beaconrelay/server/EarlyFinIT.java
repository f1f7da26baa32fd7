package org.beaconrelay.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.Patience;
import org.junit.jupiter.api.Test;

/// An announce, early data and a FIN that the relay's event loop sees all at once.
final class EarlyFinIT {
  private static final InfoHash INFO_HASH = new InfoHash(1, 2, 3, 4);

  private final CountDownLatch holding = new CountDownLatch(1);
  private final CountDownLatch letGo = new CountDownLatch(1);

  private Relay start() throws RelayStartException {
    return Relay.start(
        settings(),
        _ -> {
          holding.countDown();
          awaitQuietly(letGo); // holds the event loop
        });
  }

  @Test
  void passesOnAFinThatCameWithTheAnnounce() throws Exception {
    try (Relay relay = start();
        Socket broker = connect(relay);
        Socket bridge = connect(relay)) {
      broker.getOutputStream().write(Announce.of(Role.BROKER, INFO_HASH).toBytes());
      assertThat(frame(broker)).isEqualTo(new Frame.Waiting());
      announceAndFinAtOnce(relay, bridge, 3);

      assertThat(frame(broker)).isInstanceOf(Frame.Paired.class);
      broker.setSoTimeout(5_000);
      assertThat(broker.getInputStream().readAllBytes()).isEqualTo("early".getBytes(US_ASCII));
    }
  }

  @Test
  void withdrawsWhereThereIsNobodyToPassItOnTo() throws Exception {
    try (Relay relay = start();
        Socket bridge = connect(relay)) {
      announceAndFinAtOnce(relay, bridge, 2);

      Patience.until(
          Duration.ofSeconds(5),
          "the link is withdrawn",
          () -> relay.closedCount(CloseReason.WITHDRAWN) == 1);
      assertThat(relay.status().waitingLinks()).isZero();
    }
  }

  /// Has the event loop see an announce, early data and a FIN in one report.
  ///
  /// @param links that are open then
  private void announceAndFinAtOnce(Relay relay, Socket bridge, int links) throws Exception {
    Socket leaving = connect(relay);
    while (relay.openLinks() < links) {
      Thread.onSpinWait();
    }
    relay.status(); // by now the bridge's link is watched
    leaving.close();
    holding.await();
    bridge.getOutputStream().write(Announce.of(Role.BRIDGE, INFO_HASH).toBytes());
    bridge.getOutputStream().write("early".getBytes(US_ASCII));
    bridge.shutdownOutput();
    letGo.countDown();
  }

  private static Frame frame(Socket socket) throws IOException {
    byte[] bytes = new byte[Frame.LENGTH];
    new DataInputStream(socket.getInputStream()).readFully(bytes);
    return Frame.parse(bytes);
  }

  private static Socket connect(Relay relay) throws IOException {
    InetSocketAddress address = relay.addresses().getFirst();
    return new Socket(address.getAddress(), address.getPort());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static RelaySettings settings() {
    TestSettings settings = new TestSettings();
    settings.eventLoops = 1;
    return settings.toSettings();
  }
}
