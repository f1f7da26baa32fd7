package org.beaconrelay.protocol;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/// How a proof is signed. The key of the leaf certificate leaves no choice (PROTOCOL.md, section
/// 7).
public enum ProofAlgorithm {
  /// ECDSA on P-256 with SHA-256; the signature is a DER sequence of r and s (RFC 3279, section
  /// 2.2.3).
  ECDSA_P256_SHA256("SHA256withECDSA"),
  /// ECDSA on P-384 with SHA-384, likewise.
  ECDSA_P384_SHA384("SHA384withECDSA"),
  /// Ed25519 (RFC 8032), of the bytes themselves.
  ED25519("Ed25519"),
  /// RSASSA-PSS with SHA-256, MGF1 with SHA-256 and 32 bytes of salt (RFC 8017).
  RSA_PSS_SHA256("RSASSA-PSS");

  private static final int MIN_RSA_BITS = 2048;

  /// Beyond it, or with a longer exponent, a hostile key would cost more than a right one.
  private static final int MAX_RSA_BITS = 8192;

  private static final int MAX_RSA_EXPONENT_BITS = 64;

  private final String signatureName;

  ProofAlgorithm(String signatureName) {
    this.signatureName = signatureName;
  }

  /// How the owner of this key signs; null if it is of no use for a proof.
  ///
  /// @throws GeneralSecurityException if this Java knows no such keys
  public static @Nullable ProofAlgorithm of(PublicKey key) throws GeneralSecurityException {
    return switch (key) {
      case ECPublicKey ec when isOn("secp256r1", ec) -> ECDSA_P256_SHA256;
      case ECPublicKey ec when isOn("secp384r1", ec) -> ECDSA_P384_SHA384;
      case EdECPublicKey ed
          when ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName()) ->
          ED25519;
      case RSAPublicKey rsa when isOfGoodLength(rsa) -> RSA_PSS_SHA256;
      default -> null;
    };
  }

  /// Whether a key is neither weak nor a burden: 2048 to 8192 bits, and an exponent of 64 at most.
  public static boolean isOfGoodLength(RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    return bits >= MIN_RSA_BITS
        && bits <= MAX_RSA_BITS
        && key.getPublicExponent().bitLength() <= MAX_RSA_EXPONENT_BITS;
  }

  private static boolean isOn(String curve, ECPublicKey key) throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(curve));
    ECParameterSpec expected = parameters.getParameterSpec(ECParameterSpec.class);
    ECParameterSpec given = key.getParams();
    return given.getCurve().equals(expected.getCurve())
        && given.getGenerator().equals(expected.getGenerator())
        && given.getOrder().equals(expected.getOrder())
        && given.getCofactor() == expected.getCofactor();
  }

  /// What signs and verifies, yet to be given a key.
  ///
  /// @throws GeneralSecurityException if this Java has no such algorithm
  public Signature newSignature() throws GeneralSecurityException {
    Signature signature = Signature.getInstance(signatureName);
    if (this == RSA_PSS_SHA256) {
      signature.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
    return signature;
  }
}
