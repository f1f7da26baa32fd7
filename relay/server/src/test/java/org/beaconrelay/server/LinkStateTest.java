package org.beaconrelay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.beaconrelay.server.LinkState.Event;
import org.junit.jupiter.api.Test;

/// Every cell of the table in [LinkState]'s Javadoc, read from there.
final class LinkStateTest {
  private static final Path SOURCE = Path.of("src/main/java/org/beaconrelay/server/LinkState.java");

  @Test
  void movesAsItsTableSays() throws IOException {
    List<List<String>> rows =
        Files.readAllLines(SOURCE).stream()
            .filter(line -> line.startsWith("/// | ") && !line.contains("---"))
            .map(LinkStateTest::cells)
            .toList();
    assertThat(rows.getFirst().subList(1, rows.getFirst().size()))
        .containsExactlyElementsOf(Arrays.stream(Event.values()).map(Enum::name).toList());
    assertThat(rows.stream().skip(1).map(List::getFirst))
        .containsExactlyElementsOf(Arrays.stream(LinkState.values()).map(Enum::name).toList());
    for (List<String> row : rows.subList(1, rows.size())) {
      LinkState state = LinkState.valueOf(row.getFirst());
      for (Event event : Event.values()) {
        String expected = row.get(1 + event.ordinal());
        LinkState after = state.after(event);
        assertThat(after == null ? "-" : after.name())
            .as("%s in %s", event, state)
            .isEqualTo(expected);
      }
    }
  }

  /// `/// | a | b |` has the cells a and b.
  private static List<String> cells(String line) {
    String inner = line.substring("/// |".length(), line.lastIndexOf('|'));
    return Arrays.stream(inner.split("\\|", -1)).map(String::strip).toList();
  }
}
