package org.beaconrelay.server.proof;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Proof;
import org.beaconrelay.protocol.ProofAlgorithm;

/// Judges proofs of possession (PROTOCOL.md, section 7). What it is given comes from strangers.
///
/// What the leaf may be used for (extended key usage) is not compared with the role that was
/// announced: that is between bridge and broker, who check it end to end.
///
/// **Thread:** any but a shard's, as it takes about a millisecond; keeps nothing.
public final class ProofVerifier {
  private static final int KEY_CERT_SIGN = 5; // RFC 5280, section 4.2.1.3

  /// By what a CA may have signed a leaf, as the JDK calls it.
  private static final Set<String> ISSUING_ALGORITHMS =
      Set.of(
          "SHA256withECDSA",
          "SHA384withECDSA",
          "SHA512withECDSA",
          "SHA256withRSA",
          "SHA384withRSA",
          "SHA512withRSA",
          "RSASSA-PSS",
          "Ed25519",
          "Ed448");

  private static final Set<String> PSS_DIGESTS = Set.of("SHA-256", "SHA-384", "SHA-512");

  private final InstantSource clock;

  public ProofVerifier(InstantSource clock) {
    this.clock = clock;
  }

  /// Never throws what is wrong with a proof.
  ///
  /// @param infoHash that was announced
  /// @param signedBytes what the signature has to be of, see [Proof#signedBytes]
  public Verdict judge(Proof proof, InfoHash infoHash, byte[] signedBytes) {
    if (!InfoHash.ofDer(proof.ca()).equals(infoHash)) {
      return Verdict.OTHER_CA;
    }
    try {
      X509Certificate ca = Certificates.parse(proof.ca());
      X509Certificate leaf = Certificates.parse(proof.leaf());
      return judge(ca, leaf, proof.signature(), signedBytes);
    } catch (GeneralSecurityException | RuntimeException | StackOverflowError _) {
      // Parsers give up in all these ways.
      return Verdict.UNREADABLE;
    } finally {
      Certificates.forget();
    }
  }

  /// What costs least comes first.
  private Verdict judge(
      X509Certificate ca, X509Certificate leaf, byte[] signature, byte[] signedBytes)
      throws GeneralSecurityException {
    Instant now = clock.instant();
    ProofAlgorithm algorithm = ProofAlgorithm.of(leaf.getPublicKey());
    if (!isCa(ca)) {
      return Verdict.NO_CA;
    }
    if (!isValid(ca, now) || !isValid(leaf, now)) {
      return Verdict.NOT_VALID_NOW;
    }
    if (algorithm == null || !isStrong(ca.getPublicKey()) || !isStronglySigned(leaf)) {
      return Verdict.WEAK;
    }
    if (!isIssued(ca, leaf, now)) {
      return Verdict.NOT_ISSUED;
    }
    return isSigned(leaf.getPublicKey(), algorithm, signature, signedBytes)
        ? Verdict.HOLDS
        : Verdict.NOT_SIGNED;
  }

  private static boolean isCa(X509Certificate ca) {
    boolean[] usage = ca.getKeyUsage();
    return ca.getBasicConstraints() >= 0 && (usage == null || usage[KEY_CERT_SIGN]);
  }

  private static boolean isValid(X509Certificate certificate, Instant now) {
    return !now.isBefore(certificate.getNotBefore().toInstant())
        && !now.isAfter(certificate.getNotAfter().toInstant());
  }

  private static boolean isStrong(PublicKey ca) {
    return switch (ca) {
      case RSAPublicKey rsa -> ProofAlgorithm.isOfGoodLength(rsa);
      case ECPublicKey _, EdECPublicKey _ -> true; // the JDK knows no weak curve
      default -> false;
    };
  }

  private static boolean isStronglySigned(X509Certificate leaf) throws GeneralSecurityException {
    if (!ISSUING_ALGORITHMS.contains(leaf.getSigAlgName())) {
      return false;
    }
    byte[] parameters = leaf.getSigAlgParams();
    if (!leaf.getSigAlgName().equals("RSASSA-PSS")) {
      return true;
    }
    return parameters != null
        && PSS_DIGESTS.contains(pssParameters(parameters).getDigestAlgorithm());
  }

  private static PSSParameterSpec pssParameters(byte[] der) throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
    try {
      parameters.init(der);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    return parameters.getParameterSpec(PSSParameterSpec.class);
  }

  /// Names, signature, critical extensions (RFC 5280, section 6).
  private static boolean isIssued(X509Certificate ca, X509Certificate leaf, Instant now)
      throws GeneralSecurityException {
    if (Arrays.equals(ca.getEncoded(), leaf.getEncoded())) {
      return false;
    }
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(now));
    try {
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), parameters);
      return true;
    } catch (CertPathValidatorException _) {
      return false;
    }
  }

  private static boolean isSigned(
      PublicKey leaf, ProofAlgorithm algorithm, byte[] signature, byte[] signedBytes)
      throws GeneralSecurityException {
    Signature verifier = algorithm.newSignature();
    verifier.initVerify(leaf);
    verifier.update(signedBytes);
    try {
      return verifier.verify(signature);
    } catch (SignatureException _) {
      return false; // not even the form of a signature
    }
  }
}
