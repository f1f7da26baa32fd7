package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.beaconrelay.app.log.LinkField;
import org.beaconrelay.server.CloseReason;
import org.junit.jupiter.api.Test;

/// docs/connection-log.md against the code.
final class ConnectionLogDocTest {
  private static final String PAGE = "docs/connection-log.md";
  private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");

  /// Written out here once more, so that a field does not get in by being added to an enum.
  @Test
  void fieldsAreThoseOfTheTrustModel() {
    assertThat(LinkField.values())
        .extracting(LinkField::key)
        .containsExactly(
            "pair_id",
            "role",
            "info_hash",
            "source",
            "destination",
            "opened",
            "paired",
            "closed",
            "bytes_from",
            "bytes_to",
            "close_reason");
  }

  @Test
  void listsEveryField() throws IOException {
    List<String> expected =
        Stream.concat(
                Stream.of("| field | type | meaning |", "|---|---|---|"),
                Arrays.stream(LinkField.values())
                    .map(
                        field ->
                            "| `%s` | %s | %s |"
                                .formatted(field.key(), field.type().text(), field.doc())))
            .toList();
    assertThat(ProjectFiles.table(PAGE, "## What is in a line"))
        .as("the table should be:%n%s", String.join("\n", expected))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void listsEveryCloseReason() throws IOException {
    assertThat(
            ProjectFiles.table(PAGE, "### Close reasons").stream()
                .map(row -> row.split("\\|", -1)[1])
                .flatMap(cell -> CODE.matcher(cell).results())
                .map(MatchResult::group)
                .map(name -> name.replace("`", "")))
        .containsExactlyElementsOf(
            Arrays.stream(CloseReason.values())
                .map(reason -> reason.name().toLowerCase(Locale.ROOT))
                .toList());
  }

  @Test
  void showsALineWithEveryField() throws IOException {
    assertThat(ProjectFiles.lines(PAGE))
        .filteredOn(line -> line.startsWith("{"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(LogLine.parse(line).keySet())
                    .containsExactlyElementsOf(
                        Arrays.stream(LinkField.values()).map(LinkField::key).toList()));
  }
}
