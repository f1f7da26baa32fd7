package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.beaconrelay.app.admin.HiddenData;
import org.beaconrelay.app.admin.VisibleData;
import org.beaconrelay.app.log.LinkField;
import org.junit.jupiter.api.Test;

/// docs/trust-model.md, the code's idea of it, and what is said of a link: the same, or a field has
/// got in that is in nobody's table.
final class TrustModelDocTest {
  private static final String PAGE = "docs/trust-model.md";
  private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");

  @Test
  void everyFieldOfALinkIsInOneRow() {
    assertThat(Arrays.stream(VisibleData.values()).flatMap(data -> data.fields().stream()))
        .containsExactlyInAnyOrder(LinkField.values());
  }

  @Test
  void everyFieldOfALinkIsInTheTable() throws IOException {
    assertThat(
            visible().stream()
                .flatMap(row -> CODE.matcher(row).results())
                .map((MatchResult match) -> match.group(1)))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(LinkField.values()).map(LinkField::key).toList());
  }

  @Test
  void listsWhatIsVisible() throws IOException {
    List<String> expected =
        Stream.concat(
                Stream.of(
                    "| data | why it is visible | kept by default | can be logged on your choice |"
                        + " fields |",
                    "|---|---|---|---|---|"),
                Arrays.stream(VisibleData.values()).map(TrustModelDocTest::row))
            .toList();
    assertThat(visible()).containsExactlyElementsOf(expected);
  }

  private static List<String> visible() throws IOException {
    return ProjectFiles.table(PAGE, "## Visible to whoever runs the relay: the complete list");
  }

  private static String row(VisibleData data) {
    String fields =
        data.fields().stream().map(field -> "`" + field.key() + "` ").collect(Collectors.joining());
    return "| %s | %s | %s | %s | %s|"
        .formatted(
            data.text(),
            data.why(),
            data.isHeld() ? "while a link is open, in memory" : "no",
            data.isHeld() ? "yes" : "never",
            fields);
  }

  @Test
  void listsWhatIsNot() throws IOException {
    List<String> expected =
        Stream.concat(
                Stream.of("| data |", "|---|"),
                Arrays.stream(HiddenData.values()).map(data -> "| %s |".formatted(data.text())))
            .toList();
    assertThat(ProjectFiles.table(PAGE, "## Never visible")).containsExactlyElementsOf(expected);
  }
}
