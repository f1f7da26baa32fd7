package org.beaconrelay.endpoint.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.crypto.spec.PBEParameterSpec;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/// Gives a key to the JDK's TLS, which takes it out of a key store only.
public final class KeyManagers {
  private static final char[] NO_PASSWORD = {};

  /// A key store encrypts what it holds. This one never leaves memory, which holds the key anyway:
  /// the thousands of rounds that make guesses expensive would only make the start slow.
  private static final KeyStore.ProtectionParameter ENCRYPTION =
      new KeyStore.PasswordProtection(
          NO_PASSWORD, "PBEWithHmacSHA256AndAES_256", new PBEParameterSpec(new byte[16], 1));

  private KeyManagers() {}

  /// What shows a certificate and proves to have its key.
  ///
  /// @param chain the certificate itself first, each issued by the next
  /// @throws GeneralSecurityException if TLS cannot use them
  public static KeyManager[] of(PrivateKey key, List<X509Certificate> chain)
      throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException("an empty key store cannot be made", e);
    }
    store.setEntry(
        "own",
        new KeyStore.PrivateKeyEntry(key, chain.toArray(X509Certificate[]::new)),
        ENCRYPTION);
    // SunX509 and not PKIX: it decrypts the key once and not, when memory is short, over and over.
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, NO_PASSWORD);
    return keys.getKeyManagers();
  }
}
