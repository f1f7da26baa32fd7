package org.beaconrelay.endpoint;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// By what an endpoint knows that it talks to its relay. Little depends on it: a wrong relay can
/// read nothing, but it learns the info_hash.
public sealed interface RelayTrust {
  /// Links are plain TCP; anybody may be the relay.
  record Plain() implements RelayTrust {}

  /// The relay's certificate has one of these fingerprints, whatever else is in it.
  ///
  /// @param sha256 64 lower-case hex digits each; several while a certificate is being replaced
  record Pins(Set<String> sha256) implements RelayTrust {}

  /// The relay's certificate is for the host that was dialled, and issued by one of these.
  record Authorities(List<X509Certificate> certificates) implements RelayTrust {}

  /// The relay's certificate is for the host that was dialled, and issued by an authority that this
  /// Java trusts.
  record SystemAuthorities() implements RelayTrust {}

  /// Does the handshake's part of it.
  ///
  /// @throws IOException if trust cannot be set up
  default TrustManager[] managers() throws IOException {
    try {
      return switch (this) {
        case Plain() -> throw new IllegalStateException("a plain link has no TLS");
        case Pins(Set<String> sha256) -> new TrustManager[] {new PinCheck(sha256)};
        case SystemAuthorities() -> managersFor(null);
        case Authorities(List<X509Certificate> certificates) -> {
          KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
          store.load(null, null);
          for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("authority " + i, certificates.get(i));
          }
          yield managersFor(store);
        }
      };
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot set up whom to trust as a relay: " + e.getMessage(), e);
    }
  }

  private static TrustManager[] managersFor(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return factory.getTrustManagers();
  }

  /// Has the host name checked, where that has a meaning.
  default void applyTo(SSLSocket socket) {
    if (this instanceof Authorities || this instanceof SystemAuthorities) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
    }
  }

  /// The fingerprint that is pinned.
  static String fingerprint(X509Certificate certificate) throws GeneralSecurityException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
  }

  /// Trusts certificates by their fingerprint.
  final class PinCheck implements X509TrustManager {
    private final Set<String> pins;

    private PinCheck(Set<String> pins) {
      this.pins = pins;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      String seen;
      try {
        seen = fingerprint(chain[0]);
      } catch (GeneralSecurityException e) {
        throw new CertificateException("the relay's certificate has no fingerprint", e);
      }
      if (!pins.contains(seen)) {
        throw new CertificateException(
            "the relay's certificate has the SHA-256 %s, and pinned is %s"
                .formatted(seen, String.join(" or ", new TreeSet<>(pins))));
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("a relay is no client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
