package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The option tables of README.md against the options.
final class OptionDocTest {
  static Stream<Arguments> tables() {
    return Stream.of(
        Arguments.of("### Options of `beacon relay`", OptionSet.RELAY.options()),
        Arguments.of(
            "### Options of `beacon bridge` and `beacon broker`",
            Stream.of(EndpointOption.values(), CommonOption.values()).flatMap(Stream::of).toList()),
        Arguments.of("### Options of `beacon bridge`", List.of(BridgeOption.values())),
        Arguments.of("### Options of `beacon broker`", List.of(BrokerOption.values())),
        Arguments.of("### Options of `beacon pki`", List.of(PkiOption.values())),
        Arguments.of("### Options of `beacon disclose`", List.of(DiscloseOption.values())),
        Arguments.of("### Options of `beacon retention`", List.of(RetentionOption.values())),
        Arguments.of("### Options of `beacon prove`", List.of(ProveOption.values())),
        Arguments.of("### Options of `beacon report`", List.of(ReportOption.values())));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void readmeHasEveryOptionAsItIs(String heading, List<Option> options) throws IOException {
    List<String> expected = table(options);
    assertThat(ProjectFiles.table("README.md", heading))
        .as("%s in README.md; it should be:%n%s", heading, String.join("\n", expected))
        .containsExactlyElementsOf(expected);
  }

  private static List<String> table(List<Option> options) {
    List<String> lines =
        new ArrayList<>(List.of("| option | default | meaning |", "|---|---|---|"));
    options.stream().map(OptionDocTest::row).forEach(lines::add);
    return lines;
  }

  private static String row(Option option) {
    // A bar ends a cell of the table, even in code.
    return "| `%s` | %s | %s |"
        .formatted(
            option.usage().replace("|", "\\|"),
            option.text().defaultText(),
            option.text().meaning());
  }
}
