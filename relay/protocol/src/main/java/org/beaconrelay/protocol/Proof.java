package org.beaconrelay.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// What an endpoint answers to a CHALLENGE: that it holds a certificate of the bridge CA, and the
/// key to it (PROTOCOL.md, section 7).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------------------------------------------------------+
/// |                   magic "BCN1" = 42 43 4E 31                  |  0
/// +---------------+---------------+-------------------------------+
/// |   type = 6    |     zero      |            ca_len             |  4
/// +---------------+---------------+-------------------------------+
/// |           leaf_len            |            sig_len            |  8
/// +-------------------------------+-------------------------------+
/// |                         reserved = 0                          | 12
/// +---------------------------------------------------------------+
/// |          bridge CA certificate (DER, ca_len bytes)            | 16
/// +---------------------------------------------------------------+
/// |              leaf certificate (DER, leaf_len bytes)           | 16 + ca_len
/// +---------------------------------------------------------------+
/// |                   signature (sig_len bytes)                   | 16 + ca_len + leaf_len
/// +---------------------------------------------------------------+
/// ```
///
/// None of the three is empty, and all of it together has at most 16 KiB. The signature is made
/// with the leaf's key, by [ProofAlgorithm], over [#signedBytes].
///
/// **Thread:** any; nobody changes the arrays.
public final class Proof {
  /// Length of what tells the other lengths.
  public static final int HEADER_LENGTH = 16;

  /// Length of all of it, at most.
  public static final int MAX_LENGTH = 16 << 10;

  /// Length of the nonce behind a CHALLENGE frame.
  public static final int NONCE_LENGTH = 32;

  /// What is exported from the outer TLS (RFC 8446, section 7.5), with an empty context.
  public static final String EXPORTER_LABEL = "EXPORTER-beacon-proof";

  /// Length of what is exported.
  public static final int EXPORTER_LENGTH = 32;

  static final int TYPE = 6;
  static final int TYPE_OFFSET = 4;
  static final int ZERO_OFFSET = 5;
  static final int CA_LENGTH_OFFSET = 6;
  static final int LEAF_LENGTH_OFFSET = 8;
  static final int SIGNATURE_LENGTH_OFFSET = 10;
  static final int RESERVED_OFFSET = 12;

  private static final byte[] SIGNED_PREFIX = "beacon-proof-v1\0".getBytes(US_ASCII);

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] ca;
  private final byte[] leaf;
  private final byte[] signature;

  /// @param ca the bridge CA certificate (DER)
  /// @param leaf a certificate that it has issued (DER)
  /// @param signature made with the leaf's key
  /// @throws IllegalArgumentException if one is empty, or they are too long together
  public Proof(byte[] ca, byte[] leaf, byte[] signature) {
    if (ca.length == 0 || leaf.length == 0 || signature.length == 0) {
      throw new IllegalArgumentException("a proof needs two certificates and a signature");
    }
    if (length(ca.length, leaf.length, signature.length) > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "the two certificates are too long for a proof: %d and %d bytes, with the rest more than"
                  .formatted(ca.length, leaf.length)
              + " 16384");
    }
    this.ca = ca;
    this.leaf = leaf;
    this.signature = signature;
  }

  private static long length(int caLength, int leafLength, int signatureLength) {
    return (long) HEADER_LENGTH + caLength + leafLength + signatureLength;
  }

  /// Reads bytes that [ProofCheck] found to be a whole proof.
  static Proof read(byte[] bytes) {
    int leafOffset = HEADER_LENGTH + unsignedShort(bytes, CA_LENGTH_OFFSET);
    int signatureOffset = leafOffset + unsignedShort(bytes, LEAF_LENGTH_OFFSET);
    int end = signatureOffset + unsignedShort(bytes, SIGNATURE_LENGTH_OFFSET);
    return new Proof(
        Arrays.copyOfRange(bytes, HEADER_LENGTH, leafOffset),
        Arrays.copyOfRange(bytes, leafOffset, signatureOffset),
        Arrays.copyOfRange(bytes, signatureOffset, end));
  }

  static int unsignedShort(byte[] bytes, int offset) {
    return (short) SHORT.get(bytes, offset) & 0xFFFF;
  }

  /// The bytes of the wire.
  public byte[] toBytes() {
    byte[] bytes = new byte[HEADER_LENGTH + ca.length + leaf.length + signature.length];
    INT.set(bytes, 0, FrameLayout.MAGIC);
    bytes[TYPE_OFFSET] = TYPE;
    SHORT.set(bytes, CA_LENGTH_OFFSET, (short) ca.length);
    SHORT.set(bytes, LEAF_LENGTH_OFFSET, (short) leaf.length);
    SHORT.set(bytes, SIGNATURE_LENGTH_OFFSET, (short) signature.length);
    System.arraycopy(ca, 0, bytes, HEADER_LENGTH, ca.length);
    System.arraycopy(leaf, 0, bytes, HEADER_LENGTH + ca.length, leaf.length);
    System.arraycopy(
        signature, 0, bytes, HEADER_LENGTH + ca.length + leaf.length, signature.length);
    return bytes;
  }

  /// What is signed, so that a proof holds for one link only: 81 bytes, or 113 inside outer TLS.
  ///
  /// ```text
  /// "beacon-proof-v1" 00 | role (1 byte) | info_hash (32) | nonce (32) | exporter (32 or none)
  /// ```
  ///
  /// @param role as it was announced
  /// @param infoHash as it was announced
  /// @param nonce 32 bytes that stood behind the CHALLENGE
  /// @param exporter 32 bytes of the outer TLS; none on a plain link
  public static byte[] signedBytes(Role role, InfoHash infoHash, byte[] nonce, byte[] exporter) {
    int infoHashOffset = SIGNED_PREFIX.length + 1;
    int nonceOffset = infoHashOffset + InfoHash.LENGTH;
    byte[] bytes = Arrays.copyOf(SIGNED_PREFIX, nonceOffset + nonce.length + exporter.length);
    bytes[SIGNED_PREFIX.length] = (byte) role.code();
    infoHash.write(bytes, infoHashOffset);
    System.arraycopy(nonce, 0, bytes, nonceOffset, nonce.length);
    System.arraycopy(exporter, 0, bytes, nonceOffset + nonce.length, exporter.length);
    return bytes;
  }

  /// The bridge CA certificate (DER).
  public byte[] ca() {
    return ca;
  }

  /// A certificate that the bridge CA has issued (DER), or so it says.
  public byte[] leaf() {
    return leaf;
  }

  public byte[] signature() {
    return signature;
  }
}
