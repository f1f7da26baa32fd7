package org.beaconrelay.server.rendezvous;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class KeyedHashTest {
  /// Key 00 01 … 0f and input 00 01 … 07: the ninth of the authors' test vectors (vectors.h of the
  /// reference implementation).
  @Test
  void isSipHashOfEightBytes() {
    KeyedHash hash = new KeyedHash(0x0706050403020100L, 0x0F0E0D0C0B0A0908L);
    assertThat(hash.of(0x0706050403020100L)).isEqualTo(0x93F5F5799A932462L);
  }

  @Test
  void isAnotherOneForEachProcess() {
    assertThat(KeyedHash.random().of(1)).isNotEqualTo(KeyedHash.random().of(1));
  }
}
