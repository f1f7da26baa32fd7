package org.beaconrelay.endpoint;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.beaconrelay.endpoint.pki.OwnKeyManager;
import org.beaconrelay.protocol.Role;

/// The mutual TLS 1.3 between bridge and broker, of which the relay sees ciphertext only: the
/// bridge is its server, the broker its client.
///
/// **Thread:** any.
final class EndToEndTls {
  /// A broker that gives up looks for another bridge, and its caller loses nothing but time.
  private static final Duration BROKER_PATIENCE = Duration.ofSeconds(10);

  /// A bridge that gives up may cut off a broker that is through with the handshake already, and
  /// can look no further: so it gives up when the broker long would have.
  private static final Duration BRIDGE_PATIENCE = Duration.ofSeconds(30);

  private final Role role;
  private final KeyManager[] keys;
  private final TrustManager[] trust;

  /// @param role what this end is
  EndToEndTls(Role role, EndpointIdentity identity, InstantSource clock) {
    this.role = role;
    this.trust =
        new TrustManager[] {new CounterpartCheck(identity.bridgeCa(), role.counterpart(), clock)};
    this.keys = new KeyManager[] {new OwnKeyManager(identity.key(), identity.chain())};
  }

  /// Does the handshake on a paired link, and closes it if that fails.
  ///
  /// @return the connection to the counterpart; the link stays the caller's to close
  /// @throws UntrustedException if the counterpart is not whom it has to be: the message says why
  SSLSocket secure(Socket paired) throws IOException {
    Duration atMost = role == Role.BRIDGE ? BRIDGE_PATIENCE : BROKER_PATIENCE;
    try (Deadline deadline = Deadline.of(paired, atMost)) {
      try {
        // JSSE leaves the link open, or it would be reset before the alert is heard.
        SSLSocket socket =
            (SSLSocket)
                Jsse.context(keys, trust)
                    .getSocketFactory()
                    .createSocket(paired, null, paired.getPort(), false);
        Jsse.restrict(socket);
        socket.setUseClientMode(role == Role.BROKER);
        socket.setNeedClientAuth(role == Role.BRIDGE);
        socket.startHandshake();
        return socket;
      } catch (IOException e) {
        Sockets.closeHeard(paired);
        // A broken link has the break as its cause; all else is about who the counterpart is.
        throw e instanceof SSLException && !(e.getCause() instanceof IOException)
            ? new UntrustedException(e)
            : deadline.explain(e);
      } catch (GeneralSecurityException e) {
        throw new IOException("no TLS to be had: " + e.getMessage(), e);
      }
    }
  }
}
