package org.beaconrelay.endpoint;

import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// The JDK's TLS as both TLS layers of an endpoint use it.
final class Jsse {
  static {
    // Or a stream that is cut off looks like one that has ended (RFC 8446, section 6.1). JSSE reads
    // it once, before its first socket.
    System.setProperty("com.sun.net.ssl.requireCloseNotify", "true");
  }

  private Jsse() {}

  /// A context of its own for each connection, so that no session is ever resumed: whom one talks
  /// to is checked each time.
  static SSLContext context(KeyManager @Nullable [] keys, TrustManager @Nullable [] trust)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(keys, trust, null);
    return context;
  }

  /// Nothing older than TLS 1.3.
  static void restrict(SSLSocket socket, String... applicationProtocols) {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3"});
    parameters.setApplicationProtocols(applicationProtocols);
    socket.setSSLParameters(parameters);
  }
}
