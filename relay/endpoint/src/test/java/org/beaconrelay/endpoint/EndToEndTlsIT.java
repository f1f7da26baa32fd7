package org.beaconrelay.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.beaconrelay.protocol.Role;
import org.junit.jupiter.api.Test;

/// The handshake of bridge and broker where one of them gets no processor for long.
final class EndToEndTlsIT {
  /// Longer than a broker has patience: it would try another bridge by then.
  private static final long STARVED_S = 11;

  @Test
  void aBridgeIsMorePatientThanABroker() throws Exception {
    EndToEndTls bridge = tls(Role.BRIDGE, Rig.IDENTITIES.bridgeIdentity());
    EndToEndTls broker = tls(Role.BROKER, Rig.IDENTITIES.brokerIdentity());
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket brokerLink = new Socket(listener.getInetAddress(), listener.getLocalPort());
        Socket bridgeLink = listener.accept();
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<SSLSocket> secured = executor.submit(() -> bridge.secure(bridgeLink));
      TimeUnit.SECONDS.sleep(STARVED_S);
      SSLSocket brokerSide = broker.secure(brokerLink);
      brokerSide.getOutputStream().write('q');
      assertThat(secured.get().getInputStream().read()).isEqualTo('q');
    }
  }

  private static EndToEndTls tls(Role role, EndpointIdentity identity) {
    return new EndToEndTls(role, identity, InstantSource.system());
  }
}
