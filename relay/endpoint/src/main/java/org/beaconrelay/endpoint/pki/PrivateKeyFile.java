package org.beaconrelay.endpoint.pki;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// A PEM file with one private key in it: EC, RSA or Ed25519, as PKCS#8 (RFC 5958) or in OpenSSL's
/// traditional forms (RFC 5915, RFC 8017). Certificates in the same file are not looked at.
///
/// No message has anything of the key in it, not even what a parser says about it.
public final class PrivateKeyFile {
  private static final int MAX_BYTES = 1 << 16;
  private static final int DER_SEQUENCE = 0x30;
  private static final int MIN_RSA_BITS = 2048;

  private static final String PKCS8 = "PRIVATE KEY";
  private static final String SEC1 = "EC PRIVATE KEY";
  private static final String PKCS1 = "RSA PRIVATE KEY";

  /// The curves of TLS 1.3 (RFC 8446, section 4.2.3).
  private static final Set<ASN1ObjectIdentifier> CURVES =
      Set.of(
          SECObjectIdentifiers.secp256r1,
          SECObjectIdentifiers.secp384r1,
          SECObjectIdentifiers.secp521r1);

  private PrivateKeyFile() {}

  /// Reads the key.
  ///
  /// @throws PkiException if the file cannot be read, or has no such key
  public static PrivateKey read(Path file) throws PkiException {
    return parse(FileBytes.read(file, MAX_BYTES));
  }

  /// Reads the key.
  ///
  /// @throws PkiException if it is none
  public static PrivateKey parse(byte[] file) throws PkiException {
    FileBytes.checkLength(file, MAX_BYTES, "a private key");
    List<PemBlock> blocks = PemBlock.all(file);
    if (blocks.isEmpty()) {
      throw new PkiException(
          file[0] == DER_SEQUENCE
              ? "is DER, not PEM; openssl pkey -inform DER -in OLD.key -out NEW.key makes it PEM"
              : "is not PEM: there is no -----BEGIN PRIVATE KEY----- in it");
    }
    PemBlock key = theOnly(blocks);
    if (key.isEncrypted()) {
      throw new PkiException(
          "is encrypted, and there is nobody to ask for the password; decrypt it:"
              + " openssl pkey -in OLD.key -out NEW.key");
    }
    return toKey(key);
  }

  private static PemBlock theOnly(List<PemBlock> blocks) throws PkiException {
    List<PemBlock> keys =
        blocks.stream().filter(block -> block.label().endsWith("PRIVATE KEY")).toList();
    if (keys.isEmpty()) {
      throw new PkiException(
          "has no private key, but %s; give the file with the key"
              .formatted(PemBlock.labels(blocks)));
    }
    if (keys.size() > 1) {
      throw new PkiException(
          "has %d private keys; give a file with one only".formatted(keys.size()));
    }
    return keys.getFirst();
  }

  private static PrivateKey toKey(PemBlock block) throws PkiException {
    byte[] der = block.der();
    try {
      PrivateKeyInfo info =
          switch (block.label()) {
            case PKCS8 -> PrivateKeyInfo.getInstance(der);
            case SEC1 -> ofSec1(ECPrivateKey.getInstance(der));
            case PKCS1 ->
                new PrivateKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                    ASN1Primitive.fromByteArray(der));
            default -> throw unsupported("it is " + block.label());
          };
      return toKey(info);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // Without the cause: parsers quote what they do not understand.
      throw new PkiException("is damaged: what is in it is no whole private key");
    }
  }

  private static PrivateKeyInfo ofSec1(ECPrivateKey key) throws IOException {
    ASN1Encodable curve = key.getParametersObject();
    return new PrivateKeyInfo(
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), key);
  }

  private static PrivateKey toKey(PrivateKeyInfo info)
      throws PkiException, IOException, GeneralSecurityException {
    AlgorithmIdentifier algorithm = info.getPrivateKeyAlgorithm();
    ASN1ObjectIdentifier kind = algorithm.getAlgorithm();
    String name;
    if (kind.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      name = "EC";
      if (!(algorithm.getParameters() instanceof ASN1ObjectIdentifier curve)
          || !CURVES.contains(curve)) {
        throw unsupported("its curve is none of P-256, P-384, P-521 by name");
      }
    } else if (kind.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      name = "RSA";
    } else if (kind.equals(EdECObjectIdentifiers.id_Ed25519)) {
      name = "Ed25519";
    } else {
      throw unsupported("its algorithm has the number " + kind);
    }
    // Of version 1, without a public key or attributes behind it.
    PrivateKeyInfo plain = new PrivateKeyInfo(algorithm, info.parsePrivateKey());
    PrivateKey key =
        KeyFactory.getInstance(name).generatePrivate(new PKCS8EncodedKeySpec(plain.getEncoded()));
    if (key instanceof RSAPrivateKey rsa && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
      throw unsupported(
          "RSA takes %d bits or more, not %d"
              .formatted(MIN_RSA_BITS, rsa.getModulus().bitLength()));
    }
    return key;
  }

  private static PkiException unsupported(String why) {
    return new PkiException(
        "has a private key that is not supported: %s; make one with openssl genpkey -algorithm EC"
                .formatted(why)
            + " -pkeyopt ec_paramgen_curve:P-256");
  }
}
