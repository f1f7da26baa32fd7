package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "10s, PT10S",
    "5m, PT5M",
    "1h, PT1H",
    "7d, P7D",
    "0s, PT0S",
    "3650d, P3650D"
  })
  void parsesWhatPeopleWrite(String text, Duration duration) throws BadValueException {
    assertThat(Durations.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "s", "10", "-1s", "1.5s", "10 s", "10S", "10sec", "1m30s", "off", "٣s"})
  void refusesTheRest(String text) {
    assertThatExceptionOfType(BadValueException.class)
        .isThrownBy(() -> Durations.parse(text))
        .withMessageContaining("write 500ms, 10s, 5m, 1h or 7d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3651d", "999999999999999999d", "999999999999999999ms"})
  void refusesWhatIsTooLong(String text) {
    assertThatExceptionOfType(BadValueException.class)
        .isThrownBy(() -> Durations.parse(text))
        .withMessage("too long: at most 3650d");
  }

  @Test
  void tellsThatAUnitIsMissing() {
    assertThatExceptionOfType(BadValueException.class)
        .isThrownBy(() -> Durations.parse("10"))
        .withMessageContaining("needs a unit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "off", "0s", "0ms"})
  void switchesOff(String text) throws BadValueException {
    assertThat(Durations.parseOrOff(text)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "OFF", "00", "5"})
  void tellsHowToSwitchOff(String text) {
    assertThatExceptionOfType(BadValueException.class)
        .isThrownBy(() -> Durations.parseOrOff(text))
        .withMessageContaining("0 or off switches it off");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1ms", "1500ms", "60s", "90s", "2m", "5m", "1h", "36h", "7d", "off"})
  void writesWhatItParses(String text) throws BadValueException {
    assertThat(Durations.format(Durations.parseOrOff(text))).isEqualTo(text);
  }
}
