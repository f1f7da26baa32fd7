package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.testing.Patience;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestPair;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// HAProxy in front of the relay: it says whose links are, and is believed.
@Timeout(120)
final class HaproxyIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"send-proxy", "send-proxy-v2", "send-proxy-v2 proxy-v2-options unique-id"})
  void knowsWhoseTheLinksAre(String option) throws Exception {
    String haproxy = Programs.find("haproxy");
    Path log = folder.resolve("connections.log");
    try (RelayJar relay =
        RelayJar.ready(
            folder,
            "--proxy-protocol-from",
            "127.0.0.1",
            "--max-links-per-address",
            "1",
            "--connection-log",
            log.toString())) {
      int port = Programs.freePort();
      Path file = folder.resolve("haproxy.cfg");
      Files.writeString(
          file,
          """
          defaults
            mode tcp
            timeout connect 5s
            timeout client 60s
            timeout server 60s
          listen front
            bind 127.0.0.1:%d
            server relay 127.0.0.1:%d %s
          """
              .formatted(port, relay.address().getPort(), option));
      Process front = Programs.startServer(folder, port, haproxy, "-db", "-f", file.toString());
      try {
        InetSocketAddress behind = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        InetSocketAddress bridge;
        InetSocketAddress broker;
        try (TestPair pair = TestPair.open(behind)) {
          pair.exchange();
          bridge = pair.bridge().source();
          broker = pair.broker().source();
          try (TestLink tooMany = TestLink.connectFrom(bridge.getAddress(), behind)) {
            assertThat(tooMany.awaitRejected()).isEqualTo(RejectReason.ADDRESS_LIMIT);
          }
        }
        Patience.until(PATIENCE, "both links are logged", () -> sources(log).size() >= 3);
        assertThat(sources(log)).contains(hostPort(bridge), hostPort(broker));
      } finally {
        front.destroyForcibly();
      }
    }
  }

  private static String hostPort(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  /// Of links that came to say something: the port check that waited for HAProxy did not.
  private static List<String> sources(Path log) {
    try {
      return Files.readAllLines(log).stream()
          .map(LogLine::parse)
          .filter(line -> !"unannounced".equals(line.get("close_reason")))
          .map(line -> String.valueOf(line.get("source")))
          .toList();
    } catch (NoSuchFileException e) {
      return List.of(); // before the first record
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
