package org.beaconrelay.endpoint;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.beaconrelay.protocol.Role;

/// The mutual TLS 1.3 between bridge and broker, of which the relay sees ciphertext only: the
/// bridge is its server, the broker its client.
///
/// **Thread:** any.
final class EndToEndTls {
  private static final int HANDSHAKE_TIMEOUT_MS = 10_000;

  private final Role role;
  private final KeyManager[] keys;
  private final TrustManager[] trust;

  /// @param role what this end is
  /// @throws IllegalArgumentException if the key does not go with the certificate
  EndToEndTls(Role role, EndpointIdentity identity, InstantSource clock) {
    this.role = role;
    Role other = role == Role.BRIDGE ? Role.BROKER : Role.BRIDGE;
    this.trust = new TrustManager[] {new CounterpartCheck(identity.bridgeCa(), other, clock)};
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "own", identity.key(), new char[0], identity.chain().toArray(X509Certificate[]::new));
      KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
      factory.init(store, new char[0]);
      this.keys = factory.getKeyManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("the key cannot be used with this certificate", e);
    }
  }

  /// Does the handshake on a paired link.
  ///
  /// @return the connection to the counterpart; closing it closes the link
  /// @throws UntrustedException if the counterpart is not whom it has to be: the message says why
  SSLSocket secure(Socket paired) throws IOException {
    try {
      SSLSocket socket =
          (SSLSocket)
              Jsse.context(keys, trust)
                  .getSocketFactory()
                  .createSocket(paired, null, paired.getPort(), true);
      Jsse.restrict(socket);
      socket.setUseClientMode(role == Role.BROKER);
      socket.setNeedClientAuth(role == Role.BRIDGE);
      paired.setSoTimeout(HANDSHAKE_TIMEOUT_MS);
      socket.startHandshake();
      paired.setSoTimeout(0);
      return socket;
    } catch (SSLHandshakeException e) {
      throw e.getCause() instanceof CertificateException refusal
          ? new UntrustedException(refusal)
          : e;
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS to be had: " + e.getMessage(), e);
    }
  }
}
