package org.beaconrelay.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.beaconrelay.protocol.AnnounceCheck.Complete;
import org.beaconrelay.protocol.AnnounceCheck.Incomplete;
import org.beaconrelay.protocol.AnnounceCheck.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnounceCheckTest {
  private static final boolean PLAIN = false;
  private static final boolean OUTER_TLS = true;

  private static final InfoHash HASH = InfoHash.read(countingBytes(), 0);
  private static final Announce GOOD = new Announce(Role.BROKER, false, false, false, HASH, 30_000);

  // Every byte of an announce, each of the 255 other values it could have.

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void refusesAnotherByteInBcnAsMalformed(int offset) {
    for (int value : valuesOtherThan(GOOD.toBytes()[offset])) {
      assertRefused(offset, value, RejectReason.MALFORMED);
    }
  }

  @Test
  void refusesAnotherDigitAsUnsupportedVersion() {
    for (int digit : new int[] {'0', '2', '3', '4', '5', '6', '7', '8', '9'}) {
      assertRefused(3, digit, RejectReason.UNSUPPORTED_VERSION);
    }
  }

  @Test
  void refusesWhatIsNoDigitAsMalformed() {
    for (int value : valuesOtherThan('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')) {
      assertRefused(3, value, RejectReason.MALFORMED);
    }
  }

  @Test
  void refusesAnotherTypeAsMalformed() {
    for (int value : valuesOtherThan(1)) {
      assertRefused(4, value, RejectReason.MALFORMED);
    }
  }

  @Test
  void refusesAnotherRoleAsBadRole() {
    for (int value : valuesOtherThan(1, 2)) {
      assertRefused(5, value, RejectReason.BAD_ROLE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesEitherRole(Role role) {
    assertTaken(5, role.code(), Announce.of(role, HASH), Announce.of(Role.BRIDGE, HASH));
  }

  @Test
  void refusesEveryFlagOfTheUpperByteAsBadFlags() {
    for (int value : valuesOtherThan(0)) {
      assertRefused(6, value, RejectReason.BAD_FLAGS);
    }
  }

  @Test
  void refusesUnknownFlagsOfTheLowerByteAsBadFlags() {
    for (int value : valuesOtherThan(0, 1, 2, 3, 4, 5, 6, 7)) {
      assertRefused(7, value, RejectReason.BAD_FLAGS);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 5})
  void takesExactAndProofAnywhere(int flags) {
    Announce announce =
        new Announce(Role.BROKER, (flags & 1) != 0, false, (flags & 4) != 0, HASH, 30_000);

    assertTaken(7, flags, announce, GOOD);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 6, 7})
  void refusesTunnelOnAPlainLinkAsBadFlags(int flags) {
    assertRefused(7, flags, RejectReason.BAD_FLAGS, PLAIN);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 6, 7})
  void takesTunnelInsideOuterTls(int flags) {
    Announce announce =
        new Announce(Role.BROKER, (flags & 1) != 0, true, (flags & 4) != 0, HASH, 30_000);

    assertThat(AnnounceCheck.of(goodWith(7, flags), 48, OUTER_TLS))
        .isEqualTo(new Complete(announce));
  }

  @Test
  void takesEveryValueOfTheInfoHash() {
    for (int offset = 8; offset < 40; offset++) {
      for (int value = 0; value < 256; value++) {
        byte[] hash = countingBytes();
        hash[offset - 8] = (byte) value;
        Announce announce =
            new Announce(Role.BROKER, false, false, false, InfoHash.read(hash, 0), 30_000);
        assertTaken(offset, value, announce, GOOD);
      }
    }
  }

  @Test
  void takesEveryValueOfTheWait() {
    for (int offset = 40; offset < 44; offset++) {
      int shift = 8 * (43 - offset);
      for (long value = 0; value < 256; value++) {
        long waitMs = (30_000 & ~(0xFFL << shift)) | (value << shift);
        Announce announce = new Announce(Role.BROKER, false, false, false, HASH, waitMs);
        assertTaken(offset, (int) value, announce, GOOD);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {44, 45, 46, 47})
  void refusesAReservedByteThatIsSetAsMalformed(int offset) {
    for (int value : valuesOtherThan(0)) {
      assertRefused(offset, value, RejectReason.MALFORMED);
    }
  }

  // How much of it is there.

  @ParameterizedTest
  @ValueSource(booleans = {PLAIN, OUTER_TLS})
  void waitsForTheRestOfWhatIsRightSoFar(boolean outerTls) {
    for (int length = 0; length < Announce.LENGTH; length++) {
      assertThat(AnnounceCheck.of(GOOD.toBytes(), length, outerTls))
          .as("%d bytes", length)
          .isEqualTo(new Incomplete());
    }
    assertThat(AnnounceCheck.of(GOOD.toBytes(), Announce.LENGTH, outerTls))
        .isEqualTo(new Complete(GOOD));
  }

  @Test
  void looksAtNoByteBeyondThoseThatAreThere() {
    for (int length = 0; length < Announce.LENGTH; length++) {
      byte[] bytes = GOOD.toBytes();
      Arrays.fill(bytes, length, bytes.length, (byte) 0xFF);
      assertThat(AnnounceCheck.of(bytes, length, PLAIN))
          .as("%d bytes", length)
          .isEqualTo(new Incomplete());
    }
  }

  @Test
  void looksAtNoByteBehindTheAnnounce() {
    byte[] bytes = Arrays.copyOf(GOOD.toBytes(), 64);
    Arrays.fill(bytes, 48, 64, (byte) 0xFF);

    assertThat(AnnounceCheck.of(bytes, 48, PLAIN)).isEqualTo(new Complete(GOOD));
  }

  @Test
  void letsTheFirstOfTwoWrongBytesDecide() {
    int[] judged = {0, 1, 2, 3, 4, 5, 6, 7, 44, 45, 46, 47};
    for (int first : judged) {
      AnnounceCheck alone = AnnounceCheck.of(goodWith(first, 0xFF), 48, PLAIN);
      assertThat(alone).isInstanceOf(Refused.class);
      for (int second : judged) {
        if (second > first) {
          byte[] bytes = goodWith(first, 0xFF);
          bytes[second] = (byte) 0xFF;
          assertThat(AnnounceCheck.of(bytes, 48, PLAIN))
              .as("bytes %d and %d", first, second)
              .isEqualTo(alone);
        }
      }
    }
  }

  // What strangers send.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: relay.example.org\r\n\r\n",
        "POST / HTTP/1.1\r\n\r\n",
        "HEAD / HTTP/1.0\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n",
        "\r\n\r\n\0\r\nQUIT\n",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "bcn1",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00FC\u0003\u0003"
      })
  void refusesAnotherProtocolAtItsFirstByte(String firstWords) {
    byte[] bytes = Arrays.copyOf(firstWords.getBytes(ISO_8859_1), 64);

    for (int length = 1; length <= Announce.LENGTH; length++) {
      assertThat(AnnounceCheck.of(bytes, length, PLAIN))
          .as("%d bytes", length)
          .isEqualTo(new Refused(RejectReason.MALFORMED));
    }
  }

  @Test
  void refusesAMethodThatBeginsLikeTheMagicAtItsSecondByte() {
    byte[] bytes = Arrays.copyOf("BIND /folder HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1), 64);

    assertThat(AnnounceCheck.of(bytes, 1, PLAIN)).isEqualTo(new Incomplete());
    assertThat(AnnounceCheck.of(bytes, 2, PLAIN)).isEqualTo(new Refused(RejectReason.MALFORMED));
  }

  @Test
  void refusesAFrameOfTheRelayAtItsType() {
    byte[] bytes = Arrays.copyOf(new Frame.Waiting().toBytes(), Announce.LENGTH);

    assertThat(AnnounceCheck.of(bytes, 4, PLAIN)).isEqualTo(new Incomplete());
    assertThat(AnnounceCheck.of(bytes, 5, PLAIN)).isEqualTo(new Refused(RejectReason.MALFORMED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"BCN0", "BCN1", "BCN2", "BCN3", "BCN4", "BCN5", "BCN6", "BCN7", "BCN8", "BCN9"})
  void knowsAllDigitsAndSpeaksOne(String magic) {
    byte[] bytes = Arrays.copyOf(magic.getBytes(ISO_8859_1), Announce.LENGTH);

    assertThat(AnnounceCheck.of(bytes, 3, PLAIN)).isEqualTo(new Incomplete());
    assertThat(AnnounceCheck.of(bytes, 4, PLAIN))
        .isEqualTo(
            magic.equals("BCN1")
                ? new Incomplete()
                : new Refused(RejectReason.UNSUPPORTED_VERSION));
  }

  // One bit, on its way, becomes the other.

  @ParameterizedTest
  @EnumSource
  void noFlippedBitTurnsOneRoleIntoTheOther(Role role) {
    byte[] bytes = Announce.of(role, HASH).toBytes();
    for (int bit = 0; bit < 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[5] ^= (byte) (1 << bit);
      assertThat(AnnounceCheck.of(flipped, 48, PLAIN))
          .as("bit %d", bit)
          .isEqualTo(new Refused(RejectReason.BAD_ROLE));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,  3,  0, MALFORMED:24",
    "3,  4,  0, UNSUPPORTED_VERSION:4 MALFORMED:4",
    "4,  5,  0, MALFORMED:8",
    "5,  6,  0, BAD_ROLE:8",
    // EXACT and PROOF.
    "6,  8,  2, BAD_FLAGS:14",
    "8,  40, 256, ''",
    "40, 44, 32, ''",
    "44, 48, 0, MALFORMED:32"
  })
  void noticesAFlippedBitWhereNotEveryValueIsAValue(
      int from, int to, int expectedTaken, String expectedRefused) {
    int taken = 0;
    Set<Announce> different = new HashSet<>();
    int[] refused = new int[RejectReason.values().length];
    for (int bit = 8 * from; bit < 8 * to; bit++) {
      byte[] bytes = GOOD.toBytes();
      bytes[bit / 8] ^= (byte) (0x80 >> bit % 8);
      switch (AnnounceCheck.of(bytes, 48, PLAIN)) {
        case Complete(Announce announce) -> {
          taken++;
          different.add(announce);
        }
        case Refused(RejectReason reason) -> refused[reason.ordinal()]++;
        case Incomplete() -> throw new AssertionError("48 bytes are all");
      }
    }

    assertThat(taken).isEqualTo(expectedTaken);
    assertThat(different).hasSize(taken).doesNotContain(GOOD);
    assertThat(refused).isEqualTo(counts(expectedRefused));
  }

  private static int[] counts(String reasonsAndCounts) {
    int[] counts = new int[RejectReason.values().length];
    for (String pair : reasonsAndCounts.split(" ", -1)) {
      if (!pair.isEmpty()) {
        String[] nameAndCount = pair.split(":", -1);
        counts[RejectReason.valueOf(nameAndCount[0]).ordinal()] = Integer.parseInt(nameAndCount[1]);
      }
    }
    return counts;
  }

  private static void assertRefused(int offset, int value, RejectReason reason) {
    assertRefused(offset, value, reason, PLAIN);
    assertRefused(offset, value, reason, OUTER_TLS);
  }

  /// Not before the byte is there, then at once, and the same whatever comes behind it.
  private static void assertRefused(int offset, int value, RejectReason reason, boolean outerTls) {
    byte[] bytes = goodWith(offset, value);
    byte[] nonsenseBehind = bytes.clone();
    Arrays.fill(nonsenseBehind, offset + 1, 48, (byte) 0xA5);
    AnnounceCheck refused = new Refused(reason);

    assertThat(AnnounceCheck.of(bytes, offset, outerTls)).isEqualTo(new Incomplete());
    for (int length = offset + 1; length <= 48; length++) {
      assertThat(AnnounceCheck.of(bytes, length, outerTls))
          .as("byte %d = %02X, %d bytes, outerTls=%s", offset, value, length, outerTls)
          .isEqualTo(refused);
      assertThat(AnnounceCheck.of(nonsenseBehind, length, outerTls))
          .as("byte %d = %02X, nonsense, %d bytes", offset, value, length)
          .isEqualTo(refused);
    }
  }

  private static void assertTaken(int offset, int value, Announce expected, Announce base) {
    byte[] bytes = base.toBytes();
    bytes[offset] = (byte) value;
    for (boolean outerTls : new boolean[] {PLAIN, OUTER_TLS}) {
      assertThat(AnnounceCheck.of(bytes, 48, outerTls))
          .as("byte %d = %02X, outerTls=%s", offset, value, outerTls)
          .isEqualTo(new Complete(expected));
    }
  }

  private static byte[] goodWith(int offset, int value) {
    byte[] bytes = GOOD.toBytes();
    bytes[offset] = (byte) value;
    return bytes;
  }

  private static int[] valuesOtherThan(int... excluded) {
    Set<Integer> out = new HashSet<>();
    for (int value : excluded) {
      out.add(value & 0xFF);
    }
    int[] values = new int[256 - out.size()];
    int count = 0;
    for (int value = 0; value < 256; value++) {
      if (!out.contains(value)) {
        values[count++] = value;
      }
    }
    return values;
  }

  private static byte[] countingBytes() {
    byte[] bytes = new byte[InfoHash.LENGTH];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (0xA0 + i);
    }
    return bytes;
  }
}
