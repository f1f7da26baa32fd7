package org.beaconrelay.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.beaconrelay.protocol.ProofCheck.Complete;
import org.beaconrelay.protocol.ProofCheck.Incomplete;
import org.beaconrelay.protocol.ProofCheck.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The layout of a proof, and how its bytes are judged as they come.
final class ProofCheckTest {
  private static final byte[] CA = filled(300, 0xCA);
  private static final byte[] LEAF = filled(257, 0x1E);
  private static final byte[] SIGNATURE = filled(71, 0x51);
  private static final byte[] GOOD = new Proof(CA, LEAF, SIGNATURE).toBytes();

  @Test
  void takesAWholeProof() {
    assertThat(GOOD).hasSize(16 + 300 + 257 + 71);
    Proof proof = complete(ProofCheck.of(GOOD, GOOD.length));

    assertThat(proof.ca()).isEqualTo(CA);
    assertThat(proof.leaf()).isEqualTo(LEAF);
    assertThat(proof.signature()).isEqualTo(SIGNATURE);
    assertThat(proof.toBytes()).isEqualTo(GOOD);
  }

  @Test
  void wantsTheHeaderAndThenTheRest() {
    for (int length = 0; length < GOOD.length; length++) {
      assertThat(ProofCheck.of(GOOD, length))
          .as("%d bytes", length)
          .isEqualTo(new Incomplete(length < 16 ? 16 : GOOD.length));
    }
  }

  @Test
  void looksAtNoByteBeyondThoseThatAreThere() {
    for (int length = 0; length < GOOD.length; length++) {
      byte[] bytes = GOOD.clone();
      Arrays.fill(bytes, length, bytes.length, (byte) 0xFF);
      assertThat(ProofCheck.of(bytes, length)).as("%d", length).isInstanceOf(Incomplete.class);
    }
  }

  /// At once, and whatever comes behind it.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 12, 13, 14, 15})
  void refusesAWrongByteOfTheHeader(int offset) {
    for (int value = 0; value < 256; value++) {
      if (value != (GOOD[offset] & 0xFF)) {
        byte[] bytes = GOOD.clone();
        bytes[offset] = (byte) value;
        assertThat(ProofCheck.of(bytes, offset)).isEqualTo(new Incomplete(16));
        for (int length : new int[] {offset + 1, 16, bytes.length}) {
          assertThat(ProofCheck.of(bytes, length))
              .as("byte %d = %02X, %d bytes", offset, value, length)
              .isEqualTo(new Refused());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 8, 10})
  void refusesAnEmptyPartAtTheLowerByteOfItsLength(int offset) {
    byte[] bytes = GOOD.clone();
    bytes[offset] = 0;
    bytes[offset + 1] = 0;

    assertThat(ProofCheck.of(bytes, offset + 1)).isEqualTo(new Incomplete(16));
    assertThat(ProofCheck.of(bytes, offset + 2)).isEqualTo(new Refused());
  }

  @ParameterizedTest
  @CsvSource({
    // A part alone, by its upper byte: 3F00 = 16128 would do, 4000 = 16384 would not.
    "3F, 7",
    "40, 0",
    "FF, 0"
  })
  void refusesAPartThatIsTooLongAtTheUpperByteOfItsLength(String upper, int more) {
    byte[] bytes = header(Integer.parseInt(upper, 16) << 8, 1, 1);

    assertThat(ProofCheck.of(bytes, 6)).isEqualTo(new Incomplete(16));
    assertThat(ProofCheck.of(bytes, 7)).isEqualTo(more > 0 ? new Incomplete(16) : new Refused());
  }

  @ParameterizedTest
  @CsvSource({
    // Judged as soon as the sum is too much: what is not known has one byte at least.
    "16366, 1,     1,     0",
    "16367, 1,     1,     8",
    "8000,  8367,  1,     0",
    "8000,  8368,  1,     10",
    "8000,  8448,  1,     9",
    "5000,  5000,  6368,  0",
    "5000,  5000,  6369,  12",
    "5000,  5000,  6656,  11",
    "65535, 65535, 65535, 7",
    "1,     1,     65535, 11"
  })
  void refusesWhatIsTooLongTogether(int ca, int leaf, int signature, int refusedAt) {
    byte[] bytes = header(ca, leaf, signature);

    for (int length = 0; length <= 16; length++) {
      ProofCheck check = ProofCheck.of(bytes, length);
      if (refusedAt > 0 && length >= refusedAt) {
        assertThat(check).as("%d bytes", length).isEqualTo(new Refused());
      } else {
        assertThat(check)
            .as("%d bytes", length)
            .isEqualTo(new Incomplete(length < 16 ? 16 : Proof.MAX_LENGTH));
      }
    }
  }

  @Test
  void makesNoProofThatIsTooLongOrHasAnEmptyPart() {
    assertThat(new Proof(new byte[16366], new byte[1], new byte[1]).toBytes()).hasSize(16384);
    assertThatThrownBy(() -> new Proof(new byte[16367], new byte[1], new byte[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16367");
    for (int empty = 0; empty < 3; empty++) {
      int[] lengths = {1, 1, 1};
      lengths[empty] = 0;
      assertThatThrownBy(
              () -> new Proof(new byte[lengths[0]], new byte[lengths[1]], new byte[lengths[2]]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Proof complete(ProofCheck check) {
    if (check instanceof Complete(Proof proof)) {
      return proof;
    }
    throw new AssertionError(check.toString());
  }

  private static byte[] header(int ca, int leaf, int signature) {
    byte[] bytes = Arrays.copyOf(GOOD, 16);
    int[] lengths = {ca, leaf, signature};
    for (int i = 0; i < 3; i++) {
      bytes[6 + 2 * i] = (byte) (lengths[i] >> 8);
      bytes[7 + 2 * i] = (byte) lengths[i];
    }
    return bytes;
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
