package org.beaconrelay.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.beaconrelay.protocol.InfoHash;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/// Certificates for tests, made in memory: a CA and what it has issued, right in every way but in
/// what a test changes.
///
/// ```java
/// Issued ca = TestCertificates.ca(_ -> {});
/// Issued leaf = TestCertificates.leaf(ca, wanted -> wanted.notAfter = yesterday);
/// ```
public final class TestCertificates {
  /// What kind of key a certificate is for.
  public enum KeyType {
    P256("EC", 256),
    P384("EC", 384),
    P521("EC", 521),
    ED25519("Ed25519", 0),
    ED448("Ed448", 0),
    RSA_1024("RSA", 1024),
    RSA_2048("RSA", 2048),
    DSA_2048("DSA", 2048);

    private final String algorithm;

    /// 0 where there is no choice.
    private final int bits;

    KeyType(String algorithm, int bits) {
      this.algorithm = algorithm;
      this.bits = bits;
    }

    /// A new key pair of this type.
    public KeyPair generate() throws GeneralSecurityException {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (bits > 0) {
        generator.initialize(bits);
      }
      return generator.generateKeyPair();
    }
  }

  /// A certificate and the key to it.
  public record Issued(X509Certificate certificate, KeyPair keys) {
    public PrivateKey key() {
      return keys.getPrivate();
    }

    public byte[] der() throws CertificateEncodingException {
      return certificate.getEncoded();
    }

    /// Where bridge and brokers meet, if this is the bridge CA.
    public InfoHash infoHash() throws CertificateEncodingException {
      return InfoHash.of(certificate);
    }
  }

  /// What is to be in a certificate.
  public static final class Wanted {
    /// As in RFC 4514.
    public String subject;

    /// Null = the subject of whoever issues it.
    public @Nullable String issuer;

    /// Used if [#keys] is null.
    public KeyType keyType = KeyType.P256;

    /// Null = a new pair of [#keyType].
    public @Nullable KeyPair keys;

    /// What the issuer signs by, as `Signature` calls it; null = what goes with its key.
    public @Nullable String signatureAlgorithm;

    /// Digest of RSASSA-PSS, by which the issuer signs then, as `SHA-256`; null = not by that.
    public @Nullable String pssDigest;

    public Instant notBefore = Instant.now().minus(Duration.ofHours(1));
    public Instant notAfter = Instant.now().plus(Duration.ofDays(1));

    /// Null = no such extension; else whether it says that this is a CA.
    public @Nullable Boolean certificateAuthority;

    /// Bits of BouncyCastle's `KeyUsage`; 0 = no such extension.
    public int keyUsage;

    /// serverAuth makes a bridge, clientAuth a broker; empty = no such extension.
    public final List<KeyPurposeId> extendedKeyUsages = new ArrayList<>();

    /// Subject alternative names: dNSName.
    public final List<String> dnsNames = new ArrayList<>();

    /// A critical extension that nobody knows; null = none.
    public @Nullable String unknownCriticalExtension;

    private Wanted(String subject) {
      this.subject = subject;
    }
  }

  private TestCertificates() {}

  /// A CA that has signed itself.
  ///
  /// @param change what is to be different
  public static Issued ca(Consumer<Wanted> change) throws GeneralSecurityException {
    Wanted wanted = new Wanted("CN=bridge CA");
    wanted.certificateAuthority = true;
    wanted.keyUsage = KeyUsage.keyCertSign | KeyUsage.cRLSign;
    change.accept(wanted);
    return make(wanted, null);
  }

  /// A certificate of an endpoint that may be bridge and broker both.
  ///
  /// @param change what is to be different
  public static Issued leaf(Issued ca, Consumer<Wanted> change) throws GeneralSecurityException {
    Wanted wanted = new Wanted("CN=endpoint");
    wanted.certificateAuthority = false;
    wanted.keyUsage = KeyUsage.digitalSignature;
    wanted.extendedKeyUsages.add(KeyPurposeId.id_kp_serverAuth);
    wanted.extendedKeyUsages.add(KeyPurposeId.id_kp_clientAuth);
    change.accept(wanted);
    return make(wanted, ca);
  }

  /// @param issuer null = the certificate signs itself
  private static Issued make(Wanted wanted, @Nullable Issued issuer)
      throws GeneralSecurityException {
    KeyPair keys = wanted.keys == null ? wanted.keyType.generate() : wanted.keys;
    X500Name subject = new X500Name(wanted.subject);
    X500Name issuerName = issuer == null ? subject : subjectOf(issuer.certificate());
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            wanted.issuer == null ? issuerName : new X500Name(wanted.issuer),
            new BigInteger(127, new SecureRandom()),
            Date.from(wanted.notBefore),
            Date.from(wanted.notAfter),
            subject,
            keys.getPublic());
    PrivateKey signer = issuer == null ? keys.getPrivate() : issuer.key();
    PublicKey signerPublic = issuer == null ? keys.getPublic() : issuer.keys().getPublic();
    String algorithm =
        wanted.signatureAlgorithm == null ? algorithmFor(signerPublic) : wanted.signatureAlgorithm;
    try {
      ContentSigner contentSigner =
          wanted.pssDigest == null
              ? new JcaContentSignerBuilder(algorithm).build(signer)
              : new PssSigner(signer, wanted.pssDigest);
      addExtensions(builder, wanted);
      return new Issued(
          new JcaX509CertificateConverter().getCertificate(builder.build(contentSigner)), keys);
    } catch (IOException | OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static X500Name subjectOf(X509Certificate certificate) {
    return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
  }

  private static void addExtensions(X509v3CertificateBuilder builder, Wanted wanted)
      throws IOException {
    if (wanted.certificateAuthority != null) {
      builder.addExtension(
          Extension.basicConstraints, true, new BasicConstraints(wanted.certificateAuthority));
    }
    if (wanted.keyUsage != 0) {
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(wanted.keyUsage));
    }
    if (!wanted.extendedKeyUsages.isEmpty()) {
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(wanted.extendedKeyUsages.toArray(KeyPurposeId[]::new)));
    }
    if (!wanted.dnsNames.isEmpty()) {
      GeneralName[] names =
          wanted.dnsNames.stream()
              .map(name -> new GeneralName(GeneralName.dNSName, name))
              .toArray(GeneralName[]::new);
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }
    if (wanted.unknownCriticalExtension != null) {
      builder.addExtension(
          new ASN1ObjectIdentifier(wanted.unknownCriticalExtension), true, DERNull.INSTANCE);
    }
  }

  private static String algorithmFor(PublicKey key) throws GeneralSecurityException {
    return switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      case "DSA" -> "SHA256withDSA";
      case "EdDSA" -> ((EdECKey) key).getParams().getName();
      default -> throw new GeneralSecurityException("nothing goes with " + key.getAlgorithm());
    };
  }

  /// RSASSA-PSS, which BouncyCastle and the JDK call by different names.
  private static final class PssSigner implements ContentSigner {
    private final Signature signature = Signature.getInstance("RSASSA-PSS");
    private final AlgorithmIdentifier identifier;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    PssSigner(PrivateKey key, String digest) throws GeneralSecurityException, IOException {
      int saltLength = MessageDigest.getInstance(digest).getDigestLength();
      signature.setParameter(
          new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), saltLength, 1));
      signature.initSign(key);
      identifier =
          new AlgorithmIdentifier(
              PKCSObjectIdentifiers.id_RSASSA_PSS,
              ASN1Primitive.fromByteArray(signature.getParameters().getEncoded()));
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return identifier;
    }

    @Override
    public OutputStream getOutputStream() {
      return message;
    }

    @Override
    public byte[] getSignature() {
      try {
        signature.update(message.toByteArray());
        return signature.sign();
      } catch (SignatureException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
