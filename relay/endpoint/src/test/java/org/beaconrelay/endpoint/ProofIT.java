package org.beaconrelay.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLContext;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.AccessSettings;
import org.beaconrelay.server.DataPath;
import org.beaconrelay.server.EngineSettings;
import org.beaconrelay.server.LimitSettings;
import org.beaconrelay.server.ListenSettings;
import org.beaconrelay.server.Relay;
import org.beaconrelay.server.RelaySettings;
import org.beaconrelay.server.TimeoutSettings;
import org.beaconrelay.server.TlsIdentity;
import org.beaconrelay.server.Transport;
import org.beaconrelay.testing.TestCertificates;
import org.beaconrelay.testing.TestCertificates.Issued;
import org.beaconrelay.testing.TestCertificates.KeyType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Endpoints at a relay that demands a proof.
final class ProofIT {
  @ParameterizedTest
  @EnumSource(
      value = KeyType.class,
      names = {"P256", "P384", "ED25519", "RSA_2048"})
  void pairsOverPlainLinks(KeyType type) throws Exception {
    try (Relay relay = start(null)) {
      meet(relay, new RelayTrust.Plain(), type);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyType.class,
      names = {"P256", "P384", "ED25519", "RSA_2048"})
  void pairsInsideOuterTls(KeyType type) throws Exception {
    SSLContext context = TestRelay.contextOf(TestRelay.certificate());
    try (Relay relay = start(() -> context)) {
      meet(relay, TestRelay.pinned(), type);
    }
  }

  private static void meet(Relay relay, RelayTrust trust, KeyType type) throws Exception {
    Issued ca = TestCertificates.ca(_ -> {});
    try (RelayLink bridge = dial(relay, trust, Role.BRIDGE, ca, type);
        RelayLink broker = dial(relay, trust, Role.BROKER, ca, type)) {
      CountDownLatch waiting = new CountDownLatch(1);
      FutureTask<Socket> bridgePaired =
          new FutureTask<>(() -> bridge.awaitPaired(0, waiting::countDown));
      Thread.ofVirtual().start(bridgePaired);
      waiting.await();
      Socket toBridge = broker.awaitPaired(0, () -> {});
      toBridge.getOutputStream().write("question".getBytes(US_ASCII));
      assertThat(bridgePaired.get().getInputStream().readNBytes(8))
          .isEqualTo("question".getBytes(US_ASCII));
    }
  }

  @Test
  void saysWhatItsKeyHasToBe() throws Exception {
    Issued ca = TestCertificates.ca(_ -> {});
    try (Relay relay = start(null);
        RelayLink link = dial(relay, new RelayTrust.Plain(), Role.BRIDGE, ca, KeyType.P521)) {
      assertThatThrownBy(() -> link.awaitPaired(0, () -> {}))
          .hasMessageContaining("take P-256, P-384, Ed25519, or RSA of 2048 to 8192 bits");
    }
  }

  @Test
  void learnsThatItsProofDoesNotHold() throws Exception {
    Issued ca = TestCertificates.ca(_ -> {});
    Issued stranger = TestCertificates.ca(_ -> {});
    Issued leaf = TestCertificates.leaf(stranger, _ -> {});
    EndpointIdentity mixed =
        new EndpointIdentity(ca.certificate(), List.of(leaf.certificate()), leaf.key());
    try (Relay relay = start(null);
        RelayLink link =
            RelayLink.dial(
                "relay",
                relay.addresses().getFirst(),
                new RelayTrust.Plain(),
                Role.BRIDGE,
                mixed)) {
      assertThatThrownBy(() -> link.awaitPaired(0, () -> {}))
          .isInstanceOfSatisfying(
              RejectedException.class,
              e -> assertThat(e.reason()).isEqualTo(RejectReason.PROOF_INVALID));
    }
  }

  private static RelayLink dial(Relay relay, RelayTrust trust, Role role, Issued ca, KeyType type)
      throws Exception {
    Issued leaf = TestCertificates.leaf(ca, wanted -> wanted.keyType = type);
    return RelayLink.dial(
        "relay",
        relay.addresses().getFirst(),
        trust,
        role,
        new EndpointIdentity(ca.certificate(), List.of(leaf.certificate()), leaf.key()));
  }

  private static Relay start(@Nullable TlsIdentity outerTls) throws Exception {
    return Relay.start(
        new RelaySettings(
            new ListenSettings(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                outerTls,
                false,
                true),
            AccessSettings.OPEN,
            new EngineSettings(Transport.EPOLL, 1, DataPath.SPLICE, 65_536, 1 << 20, 16),
            LimitSettings.of(100),
            TimeoutSettings.DEFAULT),
        null);
  }
}
