package org.beaconrelay.endpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.Patience;

/// A relay that pairs any bridge with any broker, and stands in the middle of what they say: to the
/// broker it is a bridge, to the bridge a broker, with certificates that it has got or made.
final class LyingRelay implements AutoCloseable {
  /// What it shows to one of them.
  ///
  /// @param key its own; need not be that of the certificate
  record Mask(PrivateKey key, List<X509Certificate> chain) {}

  private final StandIn listener;
  private final Mask asBridge;
  private final Mask asBroker;
  private final boolean passesOn;
  private final BlockingQueue<Socket> bridges = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

  private LyingRelay(Mask asBridge, Mask asBroker, boolean passesOn) throws IOException {
    this.asBridge = asBridge;
    this.asBroker = asBroker;
    this.passesOn = passesOn;
    this.listener = StandIn.start(this::onLink);
  }

  /// One that ends the TLS of either side itself.
  static LyingRelay inTheMiddle(Mask asBridge, Mask asBroker) throws IOException {
    return new LyingRelay(asBridge, asBroker, false);
  }

  /// One that passes all bytes on, but to whom it likes.
  static LyingRelay mixingUp() throws IOException {
    Mask none = new Mask(Rig.IDENTITIES.bridge().key(), List.of());
    return new LyingRelay(none, none, true);
  }

  HostPort address() {
    return listener.address();
  }

  /// All that it has read, as text.
  String seen() {
    synchronized (seen) {
      return seen.toString(StandardCharsets.ISO_8859_1);
    }
  }

  private void onLink(Socket socket) throws IOException {
    Announced link = Announced.read(socket);
    if (link.role() == Role.BRIDGE) {
      bridges.add(socket);
      awaitClosed(socket);
      return;
    }
    try (Socket bridge = bridges.take()) {
      new Announced(Role.BRIDGE, bridge).sayPaired();
      link.sayPaired();
      if (passesOn) {
        join(socket, bridge);
      } else {
        Thread toBridge = Thread.ofVirtual().start(() -> eavesdropOn(bridge, asBroker, true));
        eavesdropOn(socket, asBridge, false);
        toBridge.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitClosed(Socket socket) {
    Patience.until(Duration.ofMinutes(1), "closed", socket::isClosed);
  }

  private void join(Socket broker, Socket bridge) throws InterruptedException {
    Thread back = Thread.ofVirtual().start(() -> passOn(bridge, broker));
    passOn(broker, bridge);
    back.join();
  }

  private void passOn(Socket from, Socket to) {
    try {
      copy(from.getInputStream(), to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One of them has had enough.
    }
  }

  private void eavesdropOn(Socket socket, Mask mask, boolean asClient) {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(new KeyManager[] {new Masked(mask)}, new TrustManager[] {new Trusting()}, null);
      SSLSocket tls =
          (SSLSocket)
              context.getSocketFactory().createSocket(socket, null, socket.getPort(), false);
      tls.setUseClientMode(asClient);
      tls.setWantClientAuth(!asClient);
      tls.startHandshake();
      copy(tls.getInputStream(), OutputStream.nullOutputStream());
    } catch (IOException e) {
      StandIn.readAll(socket); // so that an alert is not overtaken by a reset
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[8_192];
    for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
      synchronized (seen) {
        seen.write(buffer, 0, length);
      }
      out.write(buffer, 0, length);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  /// Shows its certificate, whether or not the key is that of it.
  private static final class Masked extends X509ExtendedKeyManager {
    private final Mask mask;

    Masked(Mask mask) {
      this.mask = mask;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
      return new String[] {"mask"};
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
      return "mask";
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
      return new String[] {"mask"};
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
      return "mask";
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return mask.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return mask.key();
    }
  }

  private static final class Trusting extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
