package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The option tables of README.md against the options.
final class OptionDocTest {
  private static final String HEADING = "| option | default | meaning |";

  @Test
  void readmeHasEveryOptionAsItIs() throws IOException {
    List<String> expected = table();
    List<String> readme = Files.readAllLines(readme());
    int start = readme.indexOf(HEADING);
    assertThat(start)
        .as("README.md has no line %s; the table is:%n%s", HEADING, String.join("\n", expected))
        .isNotNegative();
    assertThat(readme.stream().skip(start).takeWhile(line -> line.startsWith("|")))
        .as("the table in README.md; it should be:%n%s", String.join("\n", expected))
        .containsExactlyElementsOf(expected);
  }

  private static List<String> table() {
    List<String> lines = new ArrayList<>(List.of(HEADING, "|---|---|---|"));
    OptionSet.RELAY.options().stream().map(OptionDocTest::row).forEach(lines::add);
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

  /// That of the project's root, wherever below it the test runs.
  private static Path readme() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("beacon")) && Files.exists(folder.resolve("relay"))) {
        return folder.resolve("README.md");
      }
    }
    throw new AssertionError("not below the project's root: " + Path.of("").toAbsolutePath());
  }
}
