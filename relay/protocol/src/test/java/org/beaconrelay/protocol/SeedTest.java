package org.beaconrelay.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SeedTest {
  @Test
  void givesTheSameNumbersForTheSameSeed() {
    assertThat(Seed.of("42").random().longs(100)).containsExactly(numbersOf(Seed.of("42")));
  }

  @Test
  void givesOtherNumbersForAnotherSeed() {
    assertThat(numbersOf(Seed.of("42"))).isNotEqualTo(numbersOf(Seed.of("43")));
  }

  @Test
  void isNewWhereNoneIsGiven() {
    assertThat(Seed.of(null).option()).isNotEqualTo(Seed.of("").option());
  }

  @Test
  void isTakenBackFromWhatItPrints() {
    Seed seed = Seed.of(null);

    String printed = seed.option().replace("-Dbeacon.seed=", "");

    assertThat(numbersOf(Seed.of(printed))).isEqualTo(numbersOf(seed));
  }

  @Test
  void refusesWhatIsNoNumber() {
    assertThatThrownBy(() -> Seed.of("forty-two")).isInstanceOf(NumberFormatException.class);
  }

  private static long[] numbersOf(Seed seed) {
    return seed.random().longs(100).toArray();
  }
}
