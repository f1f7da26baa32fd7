package org.beaconrelay.endpoint;

import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.jspecify.annotations.Nullable;

/// Who an endpoint is to its counterpart: a certificate that the bridge CA has issued, and the key
/// to it.
///
/// @param bridgeCa the CA whose hash is the info_hash
/// @param chain the endpoint's own certificate first
/// @param key the private key of the first certificate; one of another algorithm is refused
public record EndpointIdentity(
    X509Certificate bridgeCa, List<X509Certificate> chain, PrivateKey key) {
  public EndpointIdentity {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("an endpoint needs a certificate of its own");
    }
    if (!key.getAlgorithm().equals(chain.getFirst().getPublicKey().getAlgorithm())) {
      throw new IllegalArgumentException("the key cannot be used with this certificate");
    }
  }

  /// Where the counterpart is found.
  public InfoHash infoHash() {
    try {
      return InfoHash.of(bridgeCa);
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("the bridge CA certificate has no DER form", e);
    }
  }

  X509Certificate certificate() {
    return chain.getFirst();
  }

  /// Whether counterparts will trust this identity.
  ///
  /// @param role what it is to be used for
  /// @return what is wrong with its certificate, as what follows its name; null if nothing is
  public @Nullable String fault(Role role, Instant now) {
    return CertificateRule.fault(certificate(), bridgeCa, role, now);
  }

  /// Hides the key.
  @Override
  public String toString() {
    return "EndpointIdentity[hidden]";
  }
}
