package org.beaconrelay.perf.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.beaconrelay.perf.page.Block.Cell;
import org.beaconrelay.perf.page.Block.Column;
import org.beaconrelay.perf.page.Block.Tile;
import org.junit.jupiter.api.Test;

final class TextPageTest {
  @Test
  void writesAllButCharts() {
    Document document =
        new Document(
            "Title",
            "Lead.",
            List.of(
                new Document.Section(
                    "First",
                    List.of(
                        new Block.Tiles(List.of(new Tile("Replicas", Cell.of("3"), "enough"))),
                        new Block.Notice("Beware."),
                        new Block.Steps(List.of("One.", "Two.")),
                        new Block.Table(
                            "Caption",
                            List.of(Column.text("a"), Column.number("b")),
                            List.of(Cell.row("x", "1")))))));
    assertThat(document.toText())
        .isEqualTo(
            """
            Title
            Lead.

            ## First

            Replicas: 3, enough

            ! Beware.

            1. One.
            2. Two.

            Caption
            | a   | b   |
            | --- | --- |
            | x   | 1   |
            """);
  }

  @Test
  void breaksLinesBetweenWords() {
    String text = new Document("T", "word ".repeat(30) + "end", List.of()).toText();
    assertThat(text.lines()).allMatch(line -> line.length() <= 100).hasSize(3);
    assertThat(text).endsWith("word end\n");
  }
}
