package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SizesTest {
  @ParameterizedTest
  @CsvSource({"4096, 4096", "64KiB, 65536", "1MiB, 1048576", "1GiB, 1073741824"})
  void parsesWhatPeopleWrite(String text, long bytes) throws BadValueException {
    assertThat(Sizes.parse(text, 1, 1L << 40)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "KiB", "64KB", "64k", "64 KiB", "1.5MiB", "-1", "off", "1TiB"})
  void refusesTheRest(String text) {
    assertThatExceptionOfType(BadValueException.class)
        .isThrownBy(() -> Sizes.parse(text, 1, 1L << 40))
        .withMessage("write a size as 64KiB, 1MiB, 1GiB, or in plain bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4095", "0", "1048577", "2MiB", "999999999GiB", "999999999999999999"})
  void refusesWhatIsOutOfRange(String text) {
    assertThatExceptionOfType(BadValueException.class)
        .isThrownBy(() -> Sizes.parse(text, 4096, 1 << 20))
        .withMessage("out of range: 4KiB to 1MiB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "4097", "64KiB", "1025KiB", "1MiB", "3GiB"})
  void writesWhatItParses(String text) throws BadValueException {
    assertThat(Sizes.format(Sizes.parse(text, 1, 1L << 40))).isEqualTo(text);
  }
}
