package org.beaconrelay.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.testing.InfoHashes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Endpoints that share no code with the relay: Python's ssl, which is OpenSSL, by a socket and by
/// memory BIOs, as exact and as plain endpoints (PROTOCOL.md, section 6).
final class IndependentClientIT {
  private static final Path PROGRAM =
      Path.of("../testing/src/main/python/tls_endpoint.py").toAbsolutePath().normalize();
  private static final int BRIDGE_BYTES = 3_000_000;
  private static final int BROKER_BYTES = 1_000_001;

  @TempDir private Path folder;

  /// A kind of endpoint, and how it uses OpenSSL.
  private static List<String> kinds() {
    return Stream.of("exact", "plain")
        .flatMap(kind -> Stream.of(kind + " socket", kind + " bio"))
        .toList();
  }

  @Test
  void pairsEveryKindWithEveryOther() throws Exception {
    try (RelayJar relay = RelayJar.readyWithTls(folder, "--tls", "self-signed")) {
      List<String> failed = new ArrayList<>();
      for (String bridge : kinds()) {
        for (String broker : kinds()) {
          InfoHash infoHash = InfoHashes.random();
          Process bridgeProcess = start(relay, "bridge", infoHash, bridge, BRIDGE_BYTES);
          Process brokerProcess = start(relay, "broker", infoHash, broker, BROKER_BYTES);
          String ofBridge = outputOf(bridgeProcess);
          String ofBroker = outputOf(brokerProcess);
          if (!hash("sent", ofBridge).equals(hash("received", ofBroker))
              || !hash("sent", ofBroker).equals(hash("received", ofBridge))) {
            failed.add("%s and %s: %s%s".formatted(bridge, broker, ofBridge, ofBroker));
          }
        }
      }
      assertThat(failed).isEmpty();
    }
  }

  private static Process start(
      RelayJar relay, String role, InfoHash infoHash, String kind, int lengthBytes)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("python3", PROGRAM.toString(), role));
    command.add(Integer.toString(relay.address().getPort()));
    command.add(infoHash.toHex());
    command.addAll(List.of(kind.split(" ", -1)));
    command.add(Integer.toString(lengthBytes));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String outputOf(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.toHandle().destroyForcibly(); // by its handle, so that its output is still there
    }
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  private static String hash(String what, String output) {
    return output
        .lines()
        .filter(line -> line.startsWith(what + " "))
        .map(line -> line.substring(what.length()))
        .findAny()
        .orElseThrow(() -> new AssertionError("the endpoint said: " + output));
  }
}
