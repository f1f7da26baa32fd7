package org.beaconrelay.endpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.beaconrelay.endpoint.pki.KeyedCertificate;
import org.beaconrelay.endpoint.pki.PkiException;
import org.beaconrelay.endpoint.pki.SelfSigned;
import org.beaconrelay.server.AccessSettings;
import org.beaconrelay.server.DataPath;
import org.beaconrelay.server.EngineSettings;
import org.beaconrelay.server.Keepalive;
import org.beaconrelay.server.LimitSettings;
import org.beaconrelay.server.LinkRecord;
import org.beaconrelay.server.ListenSettings;
import org.beaconrelay.server.Relay;
import org.beaconrelay.server.RelaySettings;
import org.beaconrelay.server.RelayStartException;
import org.beaconrelay.server.TimeoutSettings;
import org.beaconrelay.server.Transport;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.testing.Patience;
import org.jspecify.annotations.Nullable;

/// A real relay in the test's own process.
final class TestRelay implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final KeyedCertificate CERTIFICATE = makeCertificate();

  private final Relay relay;
  private final boolean tls;

  private TestRelay(Relay relay, boolean tls) {
    this.relay = relay;
    this.tls = tls;
  }

  private static KeyedCertificate makeCertificate() {
    try {
      return SelfSigned.make("relay", List.of("127.0.0.1", "localhost"), InstantSource.system());
    } catch (PkiException e) {
      throw new AssertionError(e);
    }
  }

  /// @param tls whether with outer TLS, and a certificate that is for 127.0.0.1 and localhost
  static TestRelay start(boolean tls) throws Exception {
    return startAt(0, tls);
  }

  /// @param port 0 picks one
  static TestRelay startAt(int port, boolean tls) throws Exception {
    return start(port, tls ? CERTIFICATE : null, 2_000);
  }

  /// A plain one that takes so many links.
  static TestRelay ofSize(int maxLinks) throws Exception {
    return start(0, null, maxLinks);
  }

  static TestRelay withCertificate(KeyedCertificate certificate) throws Exception {
    return start(0, certificate, 2_000);
  }

  private static TestRelay start(int port, @Nullable KeyedCertificate certificate, int maxLinks)
      throws RelayStartException, GeneralSecurityException {
    SSLContext context = certificate == null ? null : contextOf(certificate);
    RelaySettings settings =
        new RelaySettings(
            new ListenSettings(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                context == null ? null : () -> context,
                false,
                false),
            AccessSettings.OPEN,
            new EngineSettings(
                Transport.EPOLL,
                2,
                DataPath.SPLICE,
                EngineSettings.DEFAULT_PIPE_SIZE_BYTES,
                64 << 20,
                128),
            new LimitSettings( // all ends have one source address
                maxLinks,
                LimitSettings.OFF,
                LimitSettings.OFF,
                LimitSettings.OFF,
                LimitSettings.DEFAULT_MAX_WAITING_PER_HASH,
                LimitSettings.OFF,
                0,
                0),
            new TimeoutSettings(
                TimeoutSettings.DEFAULT.handshake(),
                Duration.ZERO,
                Duration.ZERO,
                TimeoutSettings.DEFAULT.halfClose(),
                Keepalive.DEFAULT,
                TimeoutSettings.DEFAULT.user(),
                Duration.ofMillis(200)));
    return new TestRelay(Relay.start(settings, TestRelay::ignore), context != null);
  }

  private static void ignore(LinkRecord record) {}

  /// A server's side of TLS 1.3 with this certificate.
  static SSLContext contextOf(KeyedCertificate own) throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("own", own.key(), new char[0], own.chain().toArray(X509Certificate[]::new));
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (IOException e) {
      throw new AssertionError("an empty key store needs no file", e);
    }
  }

  static KeyedCertificate certificate() {
    return CERTIFICATE;
  }

  Relay relay() {
    return relay;
  }

  int port() {
    return relay.addresses().getFirst().getPort();
  }

  HostPort address() {
    return new HostPort("127.0.0.1", port());
  }

  /// How its endpoints know it.
  RelayTrust trust() {
    return tls ? pinned() : new RelayTrust.Plain();
  }

  static RelayTrust pinned() {
    try {
      return new RelayTrust.Pins(Set.of(RelayTrust.fingerprint(CERTIFICATE.certificate())));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  int waitingLinks() {
    return relay.status().waitingLinks();
  }

  void awaitWaitingLinks(int count) {
    Patience.until(PATIENCE, count + " links wait", () -> waitingLinks() == count);
  }

  void awaitOpenLinks(int count) {
    Patience.until(PATIENCE, count + " links are open", () -> relay.openLinks() == count);
  }

  long pairs() {
    return relay.count(Counter.PAIRS_OPENED);
  }

  @Override
  public void close() {
    relay.close();
  }
}
