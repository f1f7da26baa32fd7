package org.beaconrelay.testing;

import java.security.GeneralSecurityException;
import java.security.Signature;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Proof;
import org.beaconrelay.protocol.ProofAlgorithm;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.TestCertificates.Issued;

/// Whoever can answer a relay's challenge: a bridge CA, and a certificate that it has issued.
public record TestProver(Issued ca, Issued leaf) {
  /// One that nobody else is.
  public static TestProver create() throws GeneralSecurityException {
    Issued ca = TestCertificates.ca(_ -> {});
    return new TestProver(ca, TestCertificates.leaf(ca, _ -> {}));
  }

  public InfoHash infoHash() throws GeneralSecurityException {
    return ca.infoHash();
  }

  /// An announce that offers a proof.
  public Announce announce(Role role) throws GeneralSecurityException {
    return new Announce(role, false, false, true, infoHash(), 0);
  }

  /// A proof that holds for one link.
  ///
  /// @param exporter none on a plain link
  public Proof prove(Role role, byte[] nonce, byte... exporter) throws GeneralSecurityException {
    ProofAlgorithm algorithm = ProofAlgorithm.of(leaf.certificate().getPublicKey());
    if (algorithm == null) {
      throw new GeneralSecurityException("this key can prove nothing");
    }
    return proofOf(sign(algorithm, Proof.signedBytes(role, infoHash(), nonce, exporter)));
  }

  /// Both certificates with a signature.
  public Proof proofOf(byte[] signature) throws GeneralSecurityException {
    return new Proof(ca.der(), leaf.der(), signature);
  }

  /// A signature of the leaf's.
  public byte[] sign(ProofAlgorithm algorithm, byte[] message) throws GeneralSecurityException {
    Signature signature = algorithm.newSignature();
    signature.initSign(leaf.key());
    signature.update(message);
    return signature.sign();
  }
}
