package org.beaconrelay.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.beaconrelay.app.log.LinkField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a relay has disclosed, read and shown.
final class DisclosureTest {
  private static final String AT = "2026-11-26T10:00:00.000Z";

  private static Disclosure read(String json) throws IOException {
    return Disclosure.read(new ByteArrayInputStream(json.getBytes(UTF_8)));
  }

  private static Map<LinkField, String> link(
      String opened, String role, String pairId, String bytes) {
    Map<LinkField, String> link =
        new EnumMap<>(
            Map.of(
                LinkField.SOURCE,
                "192.0.2.1:5",
                LinkField.OPENED,
                opened,
                LinkField.BYTES_TO,
                bytes));
    if (!role.isEmpty()) {
      link.put(LinkField.ROLE, role);
    }
    if (!pairId.isEmpty()) {
      link.put(LinkField.PAIR_ID, pairId);
    }
    return link;
  }

  @Test
  void readsWhatARelayAnswers() throws IOException {
    Disclosure disclosure =
        read(
            """
            {"at":"2026-11-26T10:00:00.000Z","links":[
            {"pair_id":null,"role":"bridge","bytes_to":7}
            ,{"source":"192.0.2.1:5"}
            ],"unwritten_records":3}
            """);
    assertThat(disclosure.at()).isEqualTo(AT);
    assertThat(disclosure.links())
        .containsExactly(
            Map.of(LinkField.ROLE, "bridge", LinkField.BYTES_TO, "7"),
            Map.of(LinkField.SOURCE, "192.0.2.1:5"));
    assertThat(disclosure.unwrittenRecords()).isEqualTo(3);
    assertThat(read("{\"at\":\"x\",\"links\":[\n],\"unwritten_records\":0}"))
        .isEqualTo(new Disclosure("x", List.of(), 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "404",
        "<html>",
        "[]",
        "{\"links\":[]}",
        "{\"at\":\"x\",\"links\":[{\"role\":\"bridge\"}",
        "{\"at\":\"x\",\"links\":[{\"role\":\"bri",
        "{\"at\":\"x\",\"links\":[{\"role\":\"bridge\"}]",
        "{\"at\":\"x\",\"links\":[{\"name\":\"bridge\"}]}",
        "{\"at\":\"x\",\"links\":[7]}",
        "{\"at\":\"x\",\"links\":[]}",
        "{\"at\":\"x\",\"links\":[],\"unwritten_records\":null}",
        "{\"at\":\"x\",\"links\":[],\"unwritten_records\":0",
        "{\"at\":null,\"links\":[],\"unwritten_records\":0}"
      })
  void refusesWhatIsNone(String json) {
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(json));
  }

  @Test
  void showsThoseOfPairsBesideEachOther() {
    List<String> lines =
        new DisclosureTable(
                new Disclosure(
                    AT,
                    List.of(
                        link("t1", "", "", "0"),
                        link("t2", "bridge", "", "0"),
                        link("t3", "broker", "aa", "12345"),
                        link("t4", "bridge", "bb", "0"),
                        link("t5", "bridge", "aa", "0"),
                        link("t6", "broker", "bb", "0")),
                    0))
            .lines();
    assertThat(lines.getFirst()).isEqualTo(AT + ": 6 links open: 4 of pairs, 1 waiting, 1 others");
    assertThat(lines.get(2)).startsWith("pair_id  role    info_hash  source ");
    assertThat(lines.subList(3, 9))
        .extracting(line -> line.replaceAll(".*(t[0-9]).*", "$1"))
        .containsExactly("t5", "t3", "t4", "t6", "t2", "t1");
    assertThat(lines.get(4))
        .startsWith("aa       broker  -          192.0.2.1:5 ")
        .endsWith(" 12345");
    assertThat(lines.get(3)).endsWith("     0").hasSameSizeAs(lines.get(4));
  }

  @Test
  void saysThatThereIsNothing() {
    assertThat(new DisclosureTable(new Disclosure(AT, List.of(), 0)).lines())
        .containsExactly(
            AT + ": 0 links open: 0 of pairs, 0 waiting, 0 others",
            "",
            "This is all that the relay holds of links and could disclose. Of links that have ended"
                + " it holds nothing.");
  }

  @Test
  void saysWhatIsHeldOfLinksThatHaveEnded() {
    assertThat(new DisclosureTable(new Disclosure(AT, List.of(), 2)).lines())
        .last()
        .isEqualTo(
            "This is all that the relay holds of links that are open. Of links that have ended it"
                + " holds 2 records that its connection log has not yet written, and could disclose"
                + " those, too.");
    assertThat(new DisclosureTable(new Disclosure(AT, List.of(), 1)).lines())
        .last()
        .asString()
        .contains(" holds 1 record that ");
  }
}
