package org.beaconrelay.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class LinkTextTest {
  private final ManualClock clock = new ManualClock("2026-11-26T12:00:00Z");
  private final Pseudonyms pseudonyms = new Pseudonyms(clock);

  private LinkText text(Privacy privacy) {
    return new LinkText(privacy, privacy, pseudonyms);
  }

  private @Nullable String address(Privacy privacy, String host, int port) {
    return text(privacy).of(Links.address(host, port));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.77,                  192.0.2.77:443,                192.0.2.0/24",
    "255.255.255.255,             255.255.255.255:443,           255.255.255.0/24",
    "::ffff:192.0.2.77,           192.0.2.77:443,                192.0.2.0/24",
    "2001:db8:1:2:3:4:5:6,        [2001:db8:1:2:3:4:5:6]:443,    2001:db8:1::/48",
    "2001:db8:ffff:ffff::,        [2001:db8:ffff:ffff::]:443,    2001:db8:ffff::/48",
    "::1,                         [::1]:443,                     ::/48"
  })
  void writesAddressesInFullOrTheirNetworkAlone(String host, String full, String network) {
    assertThat(address(Privacy.FULL, host, 443)).isEqualTo(full);
    assertThat(address(Privacy.TRUNCATED, host, 443)).isEqualTo(network);
  }

  @Test
  void writesInfoHashesInFullOrTheirBeginningAlone() {
    assertThat(text(Privacy.FULL).of(Links.INFO_HASH)).isEqualTo("5a17c0de".repeat(8));
    assertThat(text(Privacy.TRUNCATED).of(Links.INFO_HASH)).isEqualTo("5a17c0de");
  }

  @Test
  void leavesOutWhatIsNotWanted() {
    assertThat(address(Privacy.NONE, "192.0.2.77", 443)).isNull();
    assertThat(text(Privacy.NONE).of(Links.INFO_HASH)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void hasNothingToSayOfAnInfoHashThatIsNotThere(Privacy privacy) {
    assertThat(text(privacy).of((org.beaconrelay.protocol.InfoHash) null)).isNull();
  }

  @Test
  void givesAHostOnePseudonymWhateverItsPort() {
    assertThat(address(Privacy.PSEUDONYM, "192.0.2.77", 443))
        .matches("[0-9a-f]{16}")
        .isEqualTo(address(Privacy.PSEUDONYM, "192.0.2.77", 51_234))
        .isEqualTo(address(Privacy.PSEUDONYM, "::ffff:192.0.2.77", 1))
        .isNotEqualTo(address(Privacy.PSEUDONYM, "192.0.2.78", 443));
    assertThat(text(Privacy.PSEUDONYM).of(Links.INFO_HASH))
        .matches("[0-9a-f]{16}")
        .isEqualTo(text(Privacy.PSEUDONYM).of(Links.INFO_HASH));
  }
}
