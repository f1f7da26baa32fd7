package org.beaconrelay.server.transport;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Proof;
import org.beaconrelay.protocol.ProofCheck;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.proof.ProofVerifier;
import org.beaconrelay.server.proof.Verdict;
import org.beaconrelay.testing.Choices;
import org.beaconrelay.testing.TestCertificates;
import org.beaconrelay.testing.TestCertificates.Issued;
import org.beaconrelay.testing.TestCertificates.KeyType;
import org.beaconrelay.testing.TestCertificates.Wanted;
import org.beaconrelay.testing.TestProver;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/// What a stranger sends in the place of a proof, in whatever pieces, ends in a verdict; and what
/// holds for the relay holds for BouncyCastle, too, which knows nothing of how the relay judges.
///
/// The info_hash is always that of the CA in the proof, as who sends it may have announced it.
/// Input: what [InPieces] takes.
public final class ProofFuzz {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final ProofVerifier VERIFIER = new ProofVerifier(InstantSource.fixed(NOW));
  private static final byte[] NONCE = new byte[Proof.NONCE_LENGTH];
  private static final Provider OTHER = new BouncyCastleProvider();

  private ProofFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    InPieces stream = new InPieces(new Choices(input));
    byte[] bytes = stream.bytes();
    ProofReader reader = new ProofReader();
    ProofCheck check = Objects.requireNonNull(reader.read(stream));
    while (check instanceof ProofCheck.Incomplete && stream.comes()) {
      check = Objects.requireNonNull(reader.read(stream));
    }

    int proofLength = proofLength(bytes);
    if (proofLength < 0) {
      require(check instanceof ProofCheck.Refused, check);
    } else if (bytes.length < proofLength) {
      require(check instanceof ProofCheck.Refused == stream.ends(), check);
    } else if (check instanceof ProofCheck.Complete(Proof proof)) {
      require(stream.taken() == proofLength, "takes " + stream.taken());
      require(Arrays.equals(proof.toBytes(), Arrays.copyOf(bytes, proofLength)), "another proof");
      judge(proof);
    } else {
      throw new AssertionError(check);
    }
  }

  /// PROTOCOL.md, section 7, once more.
  ///
  /// @return how long the shortest proof is that begins so; -1 if none does
  private static int proofLength(byte[] bytes) {
    byte[] header = {'B', 'C', 'N', '1', 6, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0};
    int known = Math.min(bytes.length, header.length);
    byte[] wanted = header.clone();
    System.arraycopy(bytes, 0, header, 0, known);
    int length = header.length;
    for (int offset = 6; offset < 12; offset += 2) {
      if (known == offset + 1 && header[offset] != 0) {
        header[offset + 1] = 0;
      }
      int part = (header[offset] & 0xFF) * 256 + (header[offset + 1] & 0xFF);
      length += part == 0 ? 1 << 16 : part; // an empty one cannot be
      wanted[offset] = header[offset];
      wanted[offset + 1] = header[offset + 1];
    }
    return Arrays.equals(header, wanted) && length <= 16_384 ? length : -1;
  }

  private static void judge(Proof proof) throws Exception {
    InfoHash infoHash = InfoHash.ofDer(proof.ca());
    byte[] signedBytes = Proof.signedBytes(Role.BROKER, infoHash, NONCE, new byte[0]);
    Verdict verdict = VERIFIER.judge(proof, infoHash, signedBytes);
    require(verdict != Verdict.OTHER_CA, verdict);
    if (verdict == Verdict.HOLDS) {
      checkThatItHolds(proof, signedBytes);
    }
  }

  private static void checkThatItHolds(Proof proof, byte[] signedBytes) throws Exception {
    X509CertificateHolder ca = new X509CertificateHolder(proof.ca());
    X509CertificateHolder leaf = new X509CertificateHolder(proof.leaf());
    require(leaf.getIssuer().equals(ca.getSubject()), "a leaf of another CA");
    require(
        leaf.isSignatureValid(new JcaContentVerifierProviderBuilder().setProvider(OTHER).build(ca)),
        "a leaf that the CA has not signed");
    PublicKey key =
        new JcaX509CertificateConverter().setProvider(OTHER).getCertificate(leaf).getPublicKey();
    Signature signature = Signature.getInstance(signatureName(key, leaf), OTHER);
    signature.initVerify(key);
    signature.update(signedBytes);
    require(signature.verify(proof.signature()), "what the leaf has not signed");
  }

  private static String signatureName(PublicKey key, X509CertificateHolder leaf)
      throws GeneralSecurityException {
    return switch (key.getAlgorithm()) {
      case "EC" ->
          leaf.getSubjectPublicKeyInfo().getPublicKeyData().getBytes().length > 65
              ? "SHA384withECDSA"
              : "SHA256withECDSA";
      case "RSA" -> "SHA256withRSAandMGF1";
      case "EdDSA", "Ed25519" -> "Ed25519";
      default -> throw new GeneralSecurityException(key.getAlgorithm());
    };
  }

  private static void require(boolean holds, Object instead) {
    if (!holds) {
      throw new AssertionError("not as the protocol says: " + instead);
    }
  }

  /// Proofs that hold, for each type of key and each form of certificate.
  public static List<byte[]> seeds() throws Exception {
    List<byte[]> seeds = new ArrayList<>();
    for (KeyType type : List.of(KeyType.P256, KeyType.P384, KeyType.ED25519, KeyType.RSA_2048)) {
      seeds.add(seed(wanted -> wanted.keyType = type, wanted -> wanted.keyType = type));
    }
    seeds.add(seed(ca -> ca.keyType = KeyType.RSA_2048, leaf -> leaf.pssDigest = "SHA-256"));
    seeds.add(
        seed(
            ca -> ca.keyUsage = 0,
            leaf -> {
              leaf.certificateAuthority = null;
              leaf.keyUsage = 0;
              leaf.extendedKeyUsages.clear();
            }));
    seeds.add(seed(_ -> {}, leaf -> leaf.dnsNames.add("bridge.example")));
    return seeds;
  }

  private static byte[] seed(Consumer<Wanted> caChange, Consumer<Wanted> leafChange)
      throws Exception {
    Issued ca = TestCertificates.ca(wanted -> caChange.accept(validNow(wanted)));
    Issued leaf = TestCertificates.leaf(ca, wanted -> leafChange.accept(validNow(wanted)));
    return Seeds.join(new byte[3], new TestProver(ca, leaf).prove(Role.BROKER, NONCE).toBytes());
  }

  private static Wanted validNow(Wanted wanted) {
    wanted.notBefore = NOW.minus(1, ChronoUnit.DAYS);
    wanted.notAfter = NOW.plus(1, ChronoUnit.DAYS);
    return wanted;
  }
}
