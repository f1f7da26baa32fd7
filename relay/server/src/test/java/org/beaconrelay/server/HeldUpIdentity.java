package org.beaconrelay.server;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.beaconrelay.testing.TestCertificates.Issued;
import org.jspecify.annotations.Nullable;

/// A relay's key and certificate that can be made to take long: who asks for them is a crypto
/// thread in the middle of a handshake, and everything behind it has to wait.
final class HeldUpIdentity extends X509ExtendedKeyManager implements TlsIdentity {
  private final Issued issued;
  private final SSLContext context;
  private final CountDownLatch holding = new CountDownLatch(1);
  private final CountDownLatch letGo = new CountDownLatch(1);
  private volatile boolean holdsUp;

  HeldUpIdentity(Issued issued) throws GeneralSecurityException {
    this.issued = issued;
    this.context = SSLContext.getInstance("TLSv1.3");
    context.init(new KeyManager[] {this}, null, null);
  }

  /// From now on a handshake comes to a stop.
  void holdUp() {
    holdsUp = true;
  }

  /// Waits until one has.
  void awaitHeldUp() throws InterruptedException {
    holding.await();
  }

  void letGo() {
    holdsUp = false;
    letGo.countDown();
  }

  @Override
  public SSLContext current() {
    return context;
  }

  @Override
  public String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    if (holdsUp) {
      holding.countDown();
      try {
        letGo.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return "relay";
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return new X509Certificate[] {issued.certificate()};
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return issued.key();
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {"relay"};
  }

  @Override
  public String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return "relay";
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    throw new UnsupportedOperationException("a relay is no client");
  }

  @Override
  public String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    throw new UnsupportedOperationException("a relay is no client");
  }
}
