package org.beaconrelay.perf.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FiguresTest {
  @Test
  void keepsThreeDigits() {
    assertThat(Figures.decimal(0)).isEqualTo("0");
    assertThat(Figures.decimal(0.000123456)).isEqualTo("0.000123");
    assertThat(Figures.decimal(12.345)).isEqualTo("12.3");
    assertThat(Figures.decimal(1_234.5)).isEqualTo("1,235");
    assertThat(Figures.decimal(-2.5)).isEqualTo("-2.5");
  }

  @Test
  void writesSizes() {
    assertThat(Figures.bytes(980)).isEqualTo("980 B");
    assertThat(Figures.bytes(1536)).isEqualTo("1.5 KiB");
    assertThat(Figures.bytes(48 << 20)).isEqualTo("48 MiB");
    assertThat(Figures.bytes(8L << 30)).isEqualTo("8 GiB");
  }

  /// What is reached at 1.999 times the load is not promised to hold at twice the load.
  @Test
  void roundsMultiplesDown() {
    assertThat(Figures.times(1.999)).isEqualTo("1.99 x");
    assertThat(Figures.times(Double.POSITIVE_INFINITY)).isEqualTo("never");
    assertThat(Figures.times(1_000)).isEqualTo("over 100 x");
  }
}
