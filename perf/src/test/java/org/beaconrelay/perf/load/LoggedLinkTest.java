package org.beaconrelay.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.beaconrelay.protocol.Role;
import org.junit.jupiter.api.Test;

final class LoggedLinkTest {
  private static final String LINE =
      """
      {"pair_id":"8c1f3a5be2d94f07","role":"bridge","info_hash":"80b41200","source":"192.0.2.77:51234",\
      "destination":"198.51.100.3:443","opened":"2026-11-26T09:14:02.117Z",\
      "paired":"2026-11-26T09:14:09.480Z","closed":"2026-11-26T09:15:40.002Z",\
      "bytes_from":48210,"bytes_to":5000000000,"close_reason":"counterpart_lost"}\
      """;

  @Test
  void isReadFromItsLine() {
    assertThat(LoggedLink.parse(LINE))
        .contains(
            new LoggedLink(
                0x8c1f3a5be2d94f07L, Role.BRIDGE, 48_210, 5_000_000_000L, "counterpart_lost"));
  }

  @Test
  void needsNeitherAddressNorHash() {
    String line = LINE.replaceAll("\"(info_hash|source|destination)\":\"[^\"]*\"", "\"$1\":null");
    assertThat(LoggedLink.parse(line)).isEqualTo(LoggedLink.parse(LINE));
  }

  @Test
  void isNoLinkThatNeverWasPaired() {
    assertThat(LoggedLink.parse(LINE.replace("\"8c1f3a5be2d94f07\"", "null"))).isEmpty();
  }

  @Test
  void isNoLineThatIsNotWhole() {
    assertThat(LoggedLink.parse(LINE.substring(0, LINE.length() - 1))).isEmpty();
  }
}
