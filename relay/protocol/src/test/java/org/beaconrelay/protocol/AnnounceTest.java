package org.beaconrelay.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnounceTest {
  private static final String HASH_HEX =
      "a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf";
  private static final InfoHash HASH = InfoHash.ofHex(HASH_HEX);

  @Test
  void isByteExact() {
    Announce announce = new Announce(Role.BROKER, true, true, true, HASH, 0x01020304L);

    assertThat(hex(announce))
        .isEqualTo("42434e31" + "01020007" + HASH_HEX + "01020304" + "00000000");
  }

  @Test
  void hasNoFlagsAndNoWaitUnlessAsked() {
    assertThat(hex(Announce.of(Role.BRIDGE, HASH)))
        .isEqualTo("42434e31" + "01010000" + HASH_HEX + "00000000" + "00000000");
  }

  @ParameterizedTest
  @EnumSource
  void carriesTheRole(Role role) {
    Announce announce = Announce.of(role, HASH);

    assertThat(announce.toBytes()[5]).isEqualTo((byte) role.code());
    assertThat(readBack(announce)).isEqualTo(announce);
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, false, 0",
    "true,  false, false, 1",
    "false, true,  false, 2",
    "true,  true,  false, 3",
    "false, false, true,  4",
    "true,  false, true,  5",
    "false, true,  true,  6",
    "true,  true,  true,  7"
  })
  void carriesTheFlags(boolean exact, boolean tunnel, boolean proof, int flags) {
    Announce announce = new Announce(Role.BRIDGE, exact, tunnel, proof, HASH, 0);

    assertThat(announce.toBytes()).startsWith(0x42, 0x43, 0x4E, 0x31, 1, 1, 0, flags);
    assertThat(readBack(announce)).isEqualTo(announce);
  }

  @ParameterizedTest
  @CsvSource({
    "0,          00000000",
    "1,          00000001",
    "2147483647, 7fffffff",
    "2147483648, 80000000",
    "4294967295, ffffffff"
  })
  void carriesTheWait(long waitMs, String onTheWire) {
    Announce announce = new Announce(Role.BROKER, false, false, false, HASH, waitMs);

    assertThat(hex(announce)).endsWith(onTheWire + "00000000");
    assertThat(readBack(announce)).isEqualTo(announce);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, 1L << 32, Long.MAX_VALUE})
  void refusesAWaitThatDoesNotFit(long waitMs) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Announce(Role.BROKER, false, false, false, HASH, waitMs))
        .withMessageContaining("wait_ms")
        .withMessageContaining("" + waitMs);
  }

  @Test
  void givesAnArrayOfItsOwnEachTime() {
    Announce announce = Announce.of(Role.BRIDGE, HASH);

    Arrays.fill(announce.toBytes(), (byte) 0);

    assertThat(readBack(announce)).isEqualTo(announce);
  }

  @Test
  void hidesTheInfoHashInItsText() {
    assertThat(Announce.of(Role.BRIDGE, HASH).toString())
        .contains("BRIDGE")
        .doesNotContainIgnoringCase("a0a1a2a3")
        .doesNotContain(Long.toString(HASH.word0()));
  }

  @Test
  void knowsEachRoleAsTheCounterpartOfTheOther() {
    assertThat(Role.BRIDGE.counterpart()).isEqualTo(Role.BROKER);
    assertThat(Role.BROKER.counterpart()).isEqualTo(Role.BRIDGE);
  }

  private static String hex(Announce announce) {
    return HexFormat.of().formatHex(announce.toBytes());
  }

  private static Announce readBack(Announce announce) {
    return Announce.read(announce.toBytes());
  }
}
