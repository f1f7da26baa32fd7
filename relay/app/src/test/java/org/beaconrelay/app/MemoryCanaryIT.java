package org.beaconrelay.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.beaconrelay.app.evidence.BytePattern;
import org.beaconrelay.app.evidence.MemorySearch;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.TestLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// TRUST-MODEL.md, rule 7: what is relayed is never in the relay's memory.
///
/// The same search must find it where the relay copies, or it would prove nothing.
@Timeout(120)
class MemoryCanaryIT {
  private static final int CANARY_BYTES = 32;

  /// The heap, the code and the libraries of any JVM are more than this.
  private static final long LEAST_MEMORY_BYTES = 50L << 20;

  @TempDir private Path folder;

  private final byte[] canary = new byte[CANARY_BYTES];

  MemoryCanaryIT() {
    new SecureRandom().nextBytes(canary);
  }

  @Test
  void holdsNothingOfWhatItSplices() throws Exception {
    try (RelayJar relay = RelayJar.ready(folder, "--data-path", "splice")) {
      assertThat(placesOfCanary(relay)).isEmpty();
    }
  }

  @Test
  void searchFindsWhatRelayCopies() throws Exception {
    try (RelayJar relay = RelayJar.ready(folder, "--data-path", "copy")) {
      assertThat(placesOfCanary(relay)).isNotEmpty();
    }
  }

  @Test
  void holdsNothingOfWhatItRefuses() throws Exception {
    // In either mode: what a refused link sends is nobody's, and is thrown away in the kernel.
    try (RelayJar relay = RelayJar.ready(folder, "--data-path", "copy")) {
      sendToBeRefused(relay);
      assertThat(search(relay)).isEmpty();
    }
  }

  /// Has the relay move the canary in every way there is, and searches meanwhile and afterwards.
  private List<String> placesOfCanary(RelayJar relay) throws Exception {
    sendToBeRefused(relay);
    List<String> places = new ArrayList<>();
    InfoHash infoHash = InfoHashes.random();
    try (TestLink bridge = TestLink.announce(relay.address(), Role.BRIDGE, infoHash, canary);
        TestLink broker = TestLink.announce(relay.address(), Role.BROKER, infoHash, canary)) {
      bridge.awaitPaired();
      broker.awaitPaired();
      assertThat(broker.receive(CANARY_BYTES)).isEqualTo(canary);
      assertThat(bridge.receive(CANARY_BYTES)).isEqualTo(canary);

      CanaryFlow toBroker = CanaryFlow.start(bridge, broker, canary);
      CanaryFlow toBridge = CanaryFlow.start(broker, bridge, canary);
      places.addAll(search(relay));
      assertThat(toBroker.stop()).isEqualTo(toBroker.receivedCanaries());
      places.addAll(search(relay));
      assertThat(toBridge.stop()).isEqualTo(toBridge.receivedCanaries());
    }
    places.addAll(search(relay));
    return places;
  }

  private void sendToBeRefused(RelayJar relay) throws Exception {
    // What could be an announce is read, so the canary comes behind that.
    try (TestLink link = TestLink.connect(relay.address())) {
      byte[] request = "GET /%s HTTP/1.1\r\n".formatted("x".repeat(64)).getBytes(UTF_8);
      link.send(ByteBuffer.allocate(1024).put(request).put(512, canary).array());
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.MALFORMED);
    }
    try (TestLink link = TestLink.connect(relay.address())) {
      byte[] announce = Announce.of(Role.BRIDGE, InfoHashes.random()).toBytes();
      announce[Announce.LENGTH - 1] = 1;
      link.send(ByteBuffer.allocate(80).put(announce).put(canary).array());
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.MALFORMED);
    }
    try (TestLink link =
        TestLink.announce(relay.address(), Role.BRIDGE, InfoHashes.random(), canary)) {
      link.awaitWaiting();
    }
  }

  private List<String> search(RelayJar relay) throws Exception {
    BytePattern pattern = new BytePattern(canary);
    MemorySearch search = MemorySearch.of(relay.figures().pid(), pattern);
    assertThat(search.searchedBytes()).isGreaterThan(LEAST_MEMORY_BYTES);
    return search.places(pattern);
  }
}
