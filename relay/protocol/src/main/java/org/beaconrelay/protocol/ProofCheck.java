package org.beaconrelay.protocol;

/// What the bytes of a proof that have come so far amount to.
///
/// Its header is judged byte by byte in the order of the wire: the first byte that cannot be part
/// of one decides, and a length that is too much is refused before anybody makes room for it.
/// Whether the proof holds is not for the wire to say.
public sealed interface ProofCheck {
  /// Nothing wrong so far, and not all there.
  ///
  /// @param wantedLength bytes up to the end of the header, or, if that is there, of the proof
  record Incomplete(int wantedLength) implements ProofCheck {}

  /// All bytes are there, and the header is right.
  record Complete(Proof proof) implements ProofCheck {}

  /// No further byte could make a proof of these.
  record Refused() implements ProofCheck {}

  /// Judges the first `length` of `bytes`.
  ///
  /// @param bytes a proof from its first byte on
  /// @param length bytes received so far, at most as many as were wanted
  static ProofCheck of(byte[] bytes, int length) {
    int headerLength = Math.min(length, Proof.HEADER_LENGTH);
    for (int offset = 0; offset < headerLength; offset++) {
      if (!canBe(bytes, offset)) {
        return new Refused();
      }
    }
    if (headerLength < Proof.HEADER_LENGTH) {
      return new Incomplete(Proof.HEADER_LENGTH);
    }
    int wantedLength = leastLength(bytes, Proof.RESERVED_OFFSET);
    return length < wantedLength ? new Incomplete(wantedLength) : new Complete(Proof.read(bytes));
  }

  /// Whether the byte at `offset` of a header, the one after right ones, is right.
  private static boolean canBe(byte[] bytes, int offset) {
    return switch (offset) {
      case 0, 1, 2, 3 -> (bytes[offset] & 0xFF) == FrameLayout.magicByte(offset);
      case Proof.TYPE_OFFSET -> bytes[offset] == Proof.TYPE;
      case Proof.CA_LENGTH_OFFSET, Proof.LEAF_LENGTH_OFFSET, Proof.SIGNATURE_LENGTH_OFFSET ->
          leastLength(bytes, offset + 1) <= Proof.MAX_LENGTH;
      case Proof.CA_LENGTH_OFFSET + 1,
          Proof.LEAF_LENGTH_OFFSET + 1,
          Proof.SIGNATURE_LENGTH_OFFSET + 1 ->
          Proof.unsignedShort(bytes, offset - 1) > 0
              && leastLength(bytes, offset + 1) <= Proof.MAX_LENGTH;
      // The zero, and what is reserved.
      default -> bytes[offset] == 0;
    };
  }

  /// How long the proof is at least, by the first `length` bytes of its header: a part whose length
  /// is not known has one byte, and one of which the upper half is known as many as that says.
  private static int leastLength(byte[] bytes, int length) {
    int least = Proof.HEADER_LENGTH;
    for (int offset = Proof.CA_LENGTH_OFFSET; offset < Proof.RESERVED_OFFSET; offset += 2) {
      int upper = offset < length ? (bytes[offset] & 0xFF) << 8 : 0;
      int lower = offset + 1 < length ? bytes[offset + 1] & 0xFF : 0;
      least += Math.max(1, upper + lower);
    }
    return least;
  }
}
