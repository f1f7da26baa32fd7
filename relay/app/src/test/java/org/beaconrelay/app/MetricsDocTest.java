package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.beaconrelay.app.admin.RelayMetric;
import org.junit.jupiter.api.Test;

/// docs/metrics.md against the code.
final class MetricsDocTest {
  @Test
  void listsEveryMetric() throws IOException {
    List<String> expected =
        Stream.concat(
                Stream.of("| metric | type | labels | meaning |", "|---|---|---|---|"),
                Arrays.stream(RelayMetric.values()).map(MetricsDocTest::row))
            .toList();
    assertThat(ProjectFiles.table("docs/metrics.md", "# Metrics"))
        .as("the table should be:%n%s", String.join("\n", expected))
        .containsExactlyElementsOf(expected);
  }

  private static String row(RelayMetric metric) {
    return "| `%s` | %s | %s | %s |"
        .formatted(
            metric.key(),
            metric.type().name().toLowerCase(Locale.ROOT),
            Arrays.stream(metric.labels().split(", ", -1))
                .filter(label -> !label.isEmpty())
                .map(label -> "`" + label + "`")
                .collect(Collectors.joining(", ")),
            metric.doc());
  }
}
