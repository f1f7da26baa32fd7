package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.beaconrelay.server.Keepalive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeepalivesTest {
  @Test
  void parsesWhatItWrites() throws BadValueException {
    assertThat(Keepalives.format(Keepalive.DEFAULT)).isEqualTo("30s,10s,3");
    assertThat(Keepalives.parse("30s,10s,3")).isEqualTo(Keepalive.DEFAULT);
    assertThat(Keepalives.parse("2m, 1s, 127"))
        .isEqualTo(new Keepalive(Duration.ofMinutes(2), Duration.ofSeconds(1), 127));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30s", "30s,10s", "30s,10s,3,4", "off", "0"})
  void wantsThreeParts(String text) {
    assertThatExceptionOfType(BadValueException.class)
        .isThrownBy(() -> Keepalives.parse(text))
        .withMessageContaining("IDLE,INTERVAL,COUNT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30,10s,3    | a duration needs a unit",
        "30s,10s,0   | out of range: 1 to 127",
        "30s,10s,128 | out of range: 1 to 127",
        "30s,10s,x   | write a whole number",
        "500ms,10s,3 | idle is a whole number of seconds, 1s to 32767s",
        "30s,10h,3   | interval is a whole number of seconds, 1s to 32767s"
      })
  void refusesWhatTheKernelWouldNotTake(String text, String advice) {
    assertThatExceptionOfType(BadValueException.class)
        .isThrownBy(() -> Keepalives.parse(text))
        .withMessageContaining(advice);
  }
}
