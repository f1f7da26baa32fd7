package org.beaconrelay.server.proof;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.function.Consumer;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Proof;
import org.beaconrelay.protocol.ProofAlgorithm;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.Seeded;
import org.beaconrelay.testing.TestCertificates;
import org.beaconrelay.testing.TestCertificates.Issued;
import org.beaconrelay.testing.TestCertificates.KeyType;
import org.beaconrelay.testing.TestCertificates.Wanted;
import org.beaconrelay.testing.TestProver;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every way to forge a proof, each told from the others by its verdict.
@ExtendWith(Seeded.class)
final class ProofVerifierTest {
  private static final byte[] NONCE = filled(32, 7);
  private static final byte[] EXPORTER = filled(32, 9);
  private static final byte[] NO_EXPORTER = {};
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  private final ProofVerifier verifier = new ProofVerifier(InstantSource.fixed(NOW));

  private static Issued ca(Consumer<Wanted> change) throws Exception {
    return TestCertificates.ca(wanted -> change.accept(validNow(wanted)));
  }

  private static Issued leaf(Issued ca, Consumer<Wanted> change) throws Exception {
    return TestCertificates.leaf(ca, wanted -> change.accept(validNow(wanted)));
  }

  private static Wanted validNow(Wanted wanted) {
    wanted.notBefore = NOW.minus(Duration.ofDays(1));
    wanted.notAfter = NOW.plus(Duration.ofDays(1));
    return wanted;
  }

  private static TestProver prover(Consumer<Wanted> caChange, Consumer<Wanted> leafChange)
      throws Exception {
    Issued ca = ca(caChange);
    return new TestProver(ca, leaf(ca, leafChange));
  }

  private static TestProver honest() throws Exception {
    return prover(_ -> {}, _ -> {});
  }

  /// Of a broker inside outer TLS.
  private Verdict verdictOn(TestProver prover) throws Exception {
    return judge(prover.prove(Role.BROKER, NONCE, EXPORTER), prover.infoHash());
  }

  private Verdict judge(Proof proof, InfoHash infoHash) {
    return verifier.judge(
        proof, infoHash, Proof.signedBytes(Role.BROKER, infoHash, NONCE, EXPORTER));
  }

  // ---- what holds

  @ParameterizedTest
  @EnumSource(
      value = KeyType.class,
      names = {"P256", "P384", "ED25519", "RSA_2048"})
  void holdsForEachTypeOfKey(KeyType type) throws Exception {
    TestProver prover = prover(ca -> ca.keyType = type, leaf -> leaf.keyType = type);

    assertThat(verdictOn(prover)).isEqualTo(Verdict.HOLDS);
    assertThat(
            verifier.judge(
                prover.prove(Role.BRIDGE, NONCE),
                prover.infoHash(),
                Proof.signedBytes(Role.BRIDGE, prover.infoHash(), NONCE, NO_EXPORTER)))
        .isEqualTo(Verdict.HOLDS);
  }

  @ParameterizedTest
  @CsvSource({
    "P256, SHA384withECDSA",
    "P521, SHA512withECDSA",
    "ED448, Ed448",
    "RSA_2048, SHA256withRSA",
    "RSA_2048, SHA512withRSA"
  })
  void holdsForEachWayThatACaSigns(KeyType caType, String algorithm) throws Exception {
    assertThat(
            verdictOn(
                prover(ca -> ca.keyType = caType, leaf -> leaf.signatureAlgorithm = algorithm)))
        .isEqualTo(Verdict.HOLDS);
  }

  @Test
  void holdsForWhatTheOpensslProgramMakesWithoutExtensions() throws Exception {
    TestProver prover =
        prover(
            ca -> ca.keyUsage = 0,
            leaf -> {
              leaf.certificateAuthority = null;
              leaf.keyUsage = 0;
              leaf.extendedKeyUsages.clear();
            });
    assertThat(verdictOn(prover)).isEqualTo(Verdict.HOLDS);
  }

  @Test
  void holdsFromTheFirstToTheLastMomentOfBothCertificates() throws Exception {
    TestProver prover = prover(ca -> ca.notAfter = NOW, leaf -> leaf.notBefore = NOW);
    assertThat(verdictOn(prover)).isEqualTo(Verdict.HOLDS);
  }

  // ---- certificates that are not what they have to be

  @Test
  void refusesAnotherCaOfTheSameName() throws Exception {
    TestProver owner = honest();
    TestProver stranger = honest();

    Proof proof = stranger.prove(Role.BROKER, NONCE, EXPORTER);
    assertThat(judge(proof, owner.infoHash())).isEqualTo(Verdict.OTHER_CA);

    TestProver mixed = new TestProver(owner.ca(), stranger.leaf());
    assertThat(verdictOn(mixed)).isEqualTo(Verdict.NOT_ISSUED);
  }

  @Test
  void refusesALeafThatAnotherNameHasIssued() throws Exception {
    assertThat(verdictOn(prover(_ -> {}, leaf -> leaf.issuer = "CN=another CA")))
        .isEqualTo(Verdict.NOT_ISSUED);
  }

  @Test
  void refusesALeafThatSignedItself() throws Exception {
    Issued ca = ca(_ -> {});
    Issued selfSigned = ca(wanted -> wanted.certificateAuthority = false);
    assertThat(verdictOn(new TestProver(ca, selfSigned))).isEqualTo(Verdict.NOT_ISSUED);
  }

  @Test
  void refusesTheCaInThePlaceOfTheLeaf() throws Exception {
    Issued ca = ca(_ -> {});
    assertThat(verdictOn(new TestProver(ca, ca))).isEqualTo(Verdict.NOT_ISSUED);
  }

  @Test
  void refusesALeafOfALeaf() throws Exception {
    Issued ca = ca(_ -> {});
    Issued between = leaf(ca, wanted -> wanted.certificateAuthority = true);
    assertThat(verdictOn(new TestProver(ca, leaf(between, _ -> {})))).isEqualTo(Verdict.NOT_ISSUED);
  }

  @Test
  void refusesACriticalExtensionThatNobodyKnows() throws Exception {
    assertThat(verdictOn(prover(_ -> {}, leaf -> leaf.unknownCriticalExtension = "1.2.3.4.5")))
        .isEqualTo(Verdict.NOT_ISSUED);
  }

  @Test
  void refusesACaThatIsNone() throws Exception {
    assertThat(verdictOn(prover(ca -> ca.certificateAuthority = false, _ -> {})))
        .isEqualTo(Verdict.NO_CA);
    assertThat(verdictOn(prover(ca -> ca.certificateAuthority = null, _ -> {})))
        .isEqualTo(Verdict.NO_CA);
    assertThat(verdictOn(prover(ca -> ca.keyUsage = KeyUsage.digitalSignature, _ -> {})))
        .isEqualTo(Verdict.NO_CA);
  }

  @Test
  void refusesWhatIsNotValidNow() throws Exception {
    Instant before = NOW.minusSeconds(1);
    Instant after = NOW.plusSeconds(1);
    assertThat(verdictOn(prover(ca -> ca.notAfter = before, _ -> {})))
        .isEqualTo(Verdict.NOT_VALID_NOW);
    assertThat(verdictOn(prover(ca -> ca.notBefore = after, _ -> {})))
        .isEqualTo(Verdict.NOT_VALID_NOW);
    assertThat(verdictOn(prover(_ -> {}, leaf -> leaf.notAfter = before)))
        .isEqualTo(Verdict.NOT_VALID_NOW);
    assertThat(verdictOn(prover(_ -> {}, leaf -> leaf.notBefore = after)))
        .isEqualTo(Verdict.NOT_VALID_NOW);
  }

  // ---- keys and algorithms that are too weak, or too much

  @ParameterizedTest
  @CsvSource({
    "P521, SHA256withECDSA",
    "ED448, Ed448",
    "RSA_1024, SHA256withRSA",
    "DSA_2048, SHA256withDSA"
  })
  void refusesOtherKeysOfALeaf(KeyType type, String algorithm) throws Exception {
    TestProver prover = prover(_ -> {}, leaf -> leaf.keyType = type);
    assertThat(judge(signedBy(prover, algorithm), prover.infoHash())).isEqualTo(Verdict.WEAK);
  }

  @ParameterizedTest
  @CsvSource({"RSA_1024, ", "DSA_2048, ", "RSA_2048, SHA1withRSA", "P256, SHA1withECDSA"})
  void refusesWeakCas(KeyType type, String algorithm) throws Exception {
    assertThat(
            verdictOn(prover(ca -> ca.keyType = type, leaf -> leaf.signatureAlgorithm = algorithm)))
        .isEqualTo(Verdict.WEAK);
  }

  @ParameterizedTest
  @CsvSource({"SHA-1, WEAK", "SHA-224, WEAK", "SHA-256, HOLDS", "SHA-384, HOLDS", "SHA-512, HOLDS"})
  void takesPssOfACaWithAStrongDigest(String digest, Verdict expected) throws Exception {
    TestProver prover =
        prover(ca -> ca.keyType = KeyType.RSA_2048, leaf -> leaf.pssDigest = digest);
    assertThat(verdictOn(prover)).isEqualTo(expected);
  }

  /// Keys that nobody has made: how long they are is all that is looked at.
  @ParameterizedTest
  @CsvSource({"2047, 17, WEAK", "8193, 17, WEAK", "2048, 65, WEAK", "8192, 64, NOT_SIGNED"})
  void refusesRsaKeysThatAreTooShortOrCostTooMuch(
      int modulusBits, int exponentBits, Verdict expected) throws Exception {
    PublicKey key =
        KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(ofBits(modulusBits), ofBits(exponentBits)));
    TestProver prover = prover(_ -> {}, leaf -> leaf.keys = new KeyPair(key, null));
    byte[] signature = new byte[(modulusBits + 7) / 8];
    assertThat(judge(prover.proofOf(signature), prover.infoHash())).isEqualTo(expected);
  }

  private static BigInteger ofBits(int bits) {
    return BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE);
  }

  /// Right in all but the algorithm.
  @ParameterizedTest
  @CsvSource({
    "P256, SHA1withECDSA",
    "P256, SHA384withECDSA",
    "P384, SHA256withECDSA",
    "P256, SHA256withECDSAinP1363Format",
    "RSA_2048, SHA256withRSA"
  })
  void refusesSignaturesByAnotherAlgorithm(KeyType type, String algorithm) throws Exception {
    TestProver prover = prover(_ -> {}, leaf -> leaf.keyType = type);
    assertThat(judge(signedBy(prover, algorithm), prover.infoHash())).isEqualTo(Verdict.NOT_SIGNED);
  }

  private static Proof signedBy(TestProver prover, String algorithm) throws Exception {
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(prover.leaf().key());
    signature.update(Proof.signedBytes(Role.BROKER, prover.infoHash(), NONCE, EXPORTER));
    return prover.proofOf(signature.sign());
  }

  // ---- a signature for something else

  @Test
  void refusesAProofOfAnotherRoleNonceOrConnection() throws Exception {
    TestProver prover = honest();
    byte[] other = filled(32, 8);
    for (Proof replayed :
        new Proof[] {
          prover.prove(Role.BRIDGE, NONCE, EXPORTER),
          prover.prove(Role.BROKER, other, EXPORTER),
          prover.prove(Role.BROKER, NONCE, other),
          prover.prove(Role.BROKER, NONCE), // of a plain link
          prover.proofOf(
              prover.sign(
                  ProofAlgorithm.ECDSA_P256_SHA256,
                  Proof.signedBytes(Role.BROKER, honest().infoHash(), NONCE, EXPORTER)))
        }) {
      assertThat(judge(replayed, prover.infoHash())).isEqualTo(Verdict.NOT_SIGNED);
    }
  }

  @Test
  void refusesTheSignatureOfAnotherKeyOfTheSameCa() throws Exception {
    TestProver prover = honest();
    TestProver other = new TestProver(prover.ca(), leaf(prover.ca(), _ -> {}));
    byte[] signature = other.prove(Role.BROKER, NONCE, EXPORTER).signature();

    assertThat(judge(prover.proofOf(signature), prover.infoHash())).isEqualTo(Verdict.NOT_SIGNED);
  }

  /// r = s = 0 has passed for every message and key elsewhere (CVE-2022-21449).
  @Test
  void refusesASignatureOfNothing() throws Exception {
    TestProver prover = honest();
    byte[] zeros = {0x30, 6, 2, 1, 0, 2, 1, 0};
    assertThat(judge(prover.proofOf(zeros), prover.infoHash())).isEqualTo(Verdict.NOT_SIGNED);
  }

  // ---- bytes

  @ParameterizedTest
  @EnumSource(
      value = KeyType.class,
      names = {"P256", "ED25519", "RSA_2048"})
  void refusesAProofInWhichAnyByteIsFlipped(KeyType type) throws Exception {
    TestProver prover = prover(ca -> ca.keyType = type, leaf -> leaf.keyType = type);
    Proof proof = prover.prove(Role.BROKER, NONCE, EXPORTER);
    assertThat(judge(proof, prover.infoHash())).isEqualTo(Verdict.HOLDS);
    byte[][] parts = {proof.ca(), proof.leaf(), proof.signature()};
    for (int part = 0; part < parts.length; part++) {
      for (int offset = 0; offset < parts[part].length; offset++) {
        for (int flip : new int[] {0x01, 0x80, 0xFF}) {
          byte[][] flipped = parts.clone();
          flipped[part] = parts[part].clone();
          flipped[part][offset] ^= (byte) flip;
          assertThat(judge(new Proof(flipped[0], flipped[1], flipped[2]), prover.infoHash()))
              .as("part %d, byte %d ^ %02X", part, offset, flip)
              .isNotEqualTo(Verdict.HOLDS);
        }
      }
    }
  }

  /// The CA's own hash is announced each time, so that its certificate is looked at, too.
  @Test
  void refusesCertificatesThatAreCutOff() throws Exception {
    TestProver prover = honest();
    Proof proof = prover.prove(Role.BROKER, NONCE, EXPORTER);
    for (int length = 1; length < proof.ca().length; length++) {
      byte[] cut = Arrays.copyOf(proof.ca(), length);
      assertThat(judge(new Proof(cut, proof.leaf(), proof.signature()), InfoHash.ofDer(cut)))
          .isEqualTo(Verdict.UNREADABLE);
    }
    for (int length = 1; length < proof.leaf().length; length++) {
      byte[] cut = Arrays.copyOf(proof.leaf(), length);
      assertThat(judge(new Proof(proof.ca(), cut, proof.signature()), prover.infoHash()))
          .isEqualTo(Verdict.UNREADABLE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0x30, 0x0A})
  void refusesAByteBehindACertificate(int value) throws Exception {
    TestProver prover = honest();
    Proof proof = prover.prove(Role.BROKER, NONCE, EXPORTER);
    byte[] ca = behind(proof.ca(), value);
    byte[] leaf = behind(proof.leaf(), value);

    assertThat(judge(new Proof(ca, proof.leaf(), proof.signature()), InfoHash.ofDer(ca)))
        .isEqualTo(Verdict.UNREADABLE);
    assertThat(judge(new Proof(proof.ca(), leaf, proof.signature()), prover.infoHash()))
        .isEqualTo(Verdict.UNREADABLE);
    assertThat(
            judge(
                new Proof(proof.ca(), proof.leaf(), behind(proof.signature(), value)),
                prover.infoHash()))
        .isEqualTo(Verdict.NOT_SIGNED);
  }

  private static byte[] behind(byte[] bytes, int value) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    longer[bytes.length] = (byte) value;
    return longer;
  }

  @Test
  void refusesTwoCertificatesAndPem() throws Exception {
    TestProver prover = honest();
    Proof proof = prover.prove(Role.BROKER, NONCE, EXPORTER);
    byte[] twice = Arrays.copyOf(proof.leaf(), 2 * proof.leaf().length);
    System.arraycopy(proof.leaf(), 0, twice, proof.leaf().length, proof.leaf().length);
    byte[] pem =
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(proof.leaf()))
            .getBytes(US_ASCII);
    for (byte[] leaf : new byte[][] {twice, pem}) {
      assertThat(judge(new Proof(proof.ca(), leaf, proof.signature()), prover.infoHash()))
          .isEqualTo(Verdict.UNREADABLE);
    }
  }

  /// Whatever a parser throws at it.
  @Test
  void refusesWhatIsNoCertificateAtAll(Random random) throws Exception {
    TestProver prover = honest();
    Proof proof = prover.prove(Role.BROKER, NONCE, EXPORTER);
    byte[] nested = new byte[15_000];
    for (int i = 0; i + 3 < nested.length; i += 4) { // a sequence of a sequence of ...
      nested[i] = 0x30;
      nested[i + 1] = (byte) 0x82;
      nested[i + 2] = (byte) ((nested.length - i - 4) >> 8);
      nested[i + 3] = (byte) (nested.length - i - 4);
    }
    byte[] indefinite = new byte[15_000];
    for (int i = 0; i < indefinite.length; i++) {
      indefinite[i] = (byte) (i % 2 == 0 ? 0x30 : 0x80);
    }
    byte[] huge = {0x30, (byte) 0x84, 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0, 0};
    assertNoCertificate(prover, proof, nested);
    assertNoCertificate(prover, proof, indefinite);
    assertNoCertificate(prover, proof, huge);
    for (int i = 0; i < 2_000; i++) {
      byte[] noise = proof.leaf().clone();
      for (int changes = 1 + random.nextInt(20); changes > 0; changes--) {
        noise[random.nextInt(noise.length)] = (byte) random.nextInt();
      }
      if (!Arrays.equals(noise, proof.leaf())) {
        assertThat(judge(new Proof(noise, noise, noise), InfoHash.ofDer(noise)))
            .isNotEqualTo(Verdict.HOLDS);
        assertThat(judge(new Proof(proof.ca(), noise, proof.signature()), prover.infoHash()))
            .isNotEqualTo(Verdict.HOLDS);
      }
    }
  }

  private void assertNoCertificate(TestProver prover, Proof proof, byte[] der) throws Exception {
    assertThat(judge(new Proof(der, proof.leaf(), proof.signature()), InfoHash.ofDer(der)))
        .isEqualTo(Verdict.UNREADABLE);
    assertThat(judge(new Proof(proof.ca(), der, proof.signature()), prover.infoHash()))
        .isEqualTo(Verdict.UNREADABLE);
  }

  // ---- what is left of it

  /// The JDK keeps what it has read, which the first two lines show.
  @Test
  void keepsNoCertificate() throws Exception {
    TestProver prover = honest();
    Certificate read = read(prover.leaf().der());
    assertThat(read(prover.leaf().der())).isSameAs(read);

    assertThat(verdictOn(prover)).isEqualTo(Verdict.HOLDS);

    assertThat(read(prover.leaf().der())).isNotSameAs(read);
  }

  private static Certificate read(byte[] der) throws Exception {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(der));
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
