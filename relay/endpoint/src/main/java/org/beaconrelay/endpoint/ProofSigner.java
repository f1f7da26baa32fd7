package org.beaconrelay.endpoint;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import org.beaconrelay.protocol.Proof;
import org.beaconrelay.protocol.ProofAlgorithm;
import org.beaconrelay.protocol.Role;

/// Proves to a relay that this endpoint holds a certificate of its bridge CA (PROTOCOL.md, section
/// 7). What is signed begins with words that nothing else does, so that a relay gets no signature
/// for any other purpose.
///
/// **Thread:** any.
final class ProofSigner {
  private final EndpointIdentity identity;

  ProofSigner(EndpointIdentity identity) {
    this.identity = identity;
  }

  /// Answers a challenge.
  ///
  /// @param nonce what stood behind the CHALLENGE frame
  /// @param exporter of the outer TLS; none on a plain link
  /// @throws IOException if this endpoint's key is of no use for a proof
  Proof prove(Role role, byte[] nonce, byte[] exporter) throws IOException {
    try {
      ProofAlgorithm algorithm = ProofAlgorithm.of(identity.certificate().getPublicKey());
      if (algorithm == null) {
        throw new IOException(
            "the relay asks for a proof, and this certificate's key cannot give it: take P-256,"
                + " P-384, Ed25519, or RSA of 2048 to 8192 bits");
      }
      Signature signature = algorithm.newSignature();
      signature.initSign(identity.key());
      signature.update(Proof.signedBytes(role, identity.infoHash(), nonce, exporter));
      return new Proof(
          identity.bridgeCa().getEncoded(), identity.certificate().getEncoded(), signature.sign());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("the relay asks for a proof, which fails: " + e.getMessage(), e);
    }
  }
}
