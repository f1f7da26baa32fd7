package org.beaconrelay.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.CloseReason;
import org.beaconrelay.server.LinkRecord;
import org.junit.jupiter.api.Test;

final class LinkLinesTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  private final ManualClock clock = new ManualClock("2026-11-26T12:00:00Z");

  private String line(Privacy address, Privacy hash, LinkRecord link) {
    StringBuilder line = new StringBuilder();
    new LinkLines(new LinkText(address, hash, new Pseudonyms(clock))).append(line, link);
    return line.toString();
  }

  @Test
  void writesALinkOfAPair() {
    assertThat(line(Privacy.FULL, Privacy.FULL, Links.closed(NOON)))
        .isEqualTo(
            "{\"pair_id\":\"00ab0000000000ff\",\"role\":\"broker\",\"info_hash\":\""
                + "5a17c0de".repeat(8)
                + "\",\"source\":\"192.0.2.77:51234\",\"destination\":\"198.51.100.3:443\","
                + "\"opened\":\"2026-11-26T11:59:55.000Z\",\"paired\":\"2026-11-26T11:59:55.123Z\","
                + "\"closed\":\"2026-11-26T12:00:00.000Z\",\"bytes_from\":1048576,\"bytes_to\":3,"
                + "\"close_reason\":\"completed\"}\n");
  }

  @Test
  void writesNullWhereThereIsNothing() {
    assertThat(line(Privacy.FULL, Privacy.FULL, Links.silent(NOON)))
        .isEqualTo(
            "{\"pair_id\":null,\"role\":null,\"info_hash\":null,"
                + "\"source\":\"[2001:db8:1:2::3]:40000\","
                + "\"destination\":\"[2001:db8:9::1]:8443\","
                + "\"opened\":\"2026-11-26T11:59:59.999Z\",\"paired\":null,"
                + "\"closed\":\"2026-11-26T12:00:00.000Z\",\"bytes_from\":0,\"bytes_to\":0,"
                + "\"close_reason\":\"handshake_timeout\"}\n");
  }

  @Test
  void hasEveryFieldWhateverIsLeftOut() {
    List<String> keys = Arrays.stream(LinkField.values()).map(LinkField::key).toList();
    for (Privacy privacy : Privacy.values()) {
      for (LinkRecord link : List.of(Links.closed(NOON), Links.silent(NOON))) {
        assertThat(
                Pattern.compile("[{,]\"(\\w+)\":").matcher(line(privacy, privacy, link)).results())
            .extracting(MatchResult::group)
            .extracting(found -> found.replaceAll("\\W", ""))
            .isEqualTo(keys);
      }
    }
  }

  @Test
  void hasRoomForTheLongestLine() {
    for (CloseReason reason : CloseReason.values()) {
      LinkRecord longest =
          new LinkRecord(
              Role.BROKER,
              Links.INFO_HASH,
              Links.address("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 65_535),
              Links.address("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 65_535),
              NOON.toEpochMilli(),
              NOON.toEpochMilli(),
              NOON.toEpochMilli(),
              -1,
              Long.MAX_VALUE,
              Long.MAX_VALUE,
              reason);
      assertThat(line(Privacy.FULL, Privacy.FULL, longest).length())
          .isLessThanOrEqualTo(LinkLines.MAX_BYTES);
    }
  }

  @Test
  void isFoundAgain() {
    for (Privacy privacy : Privacy.values()) {
      for (LinkRecord link : List.of(Links.closed(NOON), Links.silent(NOON))) {
        String line = line(privacy, privacy, link);
        assertThat(WrittenRecord.closed(line.strip())).isEqualTo(NOON);
        assertThat(WrittenRecord.closed(line.substring(0, line.length() - 2))).isNull();
      }
    }
  }
}
