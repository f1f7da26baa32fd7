package org.beaconrelay.perf.page;

import java.util.ArrayList;
import java.util.List;
import org.beaconrelay.perf.TextTable;
import org.beaconrelay.perf.page.Block.Bar;
import org.beaconrelay.perf.page.Block.Cell;
import org.beaconrelay.perf.page.Block.Column;
import org.beaconrelay.perf.page.Block.Tile;

/// A [Document] for a terminal, or for a text file. Tables are Markdown.
final class TextPage {
  private static final int WIDTH = 100;

  private TextPage() {}

  static String of(Document document) {
    StringBuilder text = new StringBuilder();
    text.append(document.title()).append('\n').append(wrap(document.lead(), ""));
    for (Document.Section section : document.sections()) {
      text.append("\n## ").append(section.title()).append('\n');
      section.blocks().forEach(block -> text.append(block(block)));
    }
    return text.toString();
  }

  private static String block(Block block) {
    return switch (block) {
      case Block.Prose(String text) -> "\n" + wrap(text, "");
      case Block.Notice(String text) -> "\n" + wrap("! " + text, "  ");
      case Block.Steps(List<String> sentences) -> steps(sentences);
      case Block.Tiles(List<Tile> tiles) -> tiles(tiles);
      case Block.Table table ->
          table(
              table.caption(), table.columns(), table.rows().stream().map(TextPage::row).toList());
      case Block.Bars bars ->
          table(bars.caption(), bars.columns(), bars.bars().stream().map(TextPage::row).toList());
      case Block.Chart _ -> "";
    };
  }

  private static String steps(List<String> sentences) {
    StringBuilder text = new StringBuilder("\n");
    for (int i = 0; i < sentences.size(); i++) {
      text.append(wrap("%d. %s".formatted(i + 1, sentences.get(i)), "   "));
    }
    return text.toString();
  }

  private static String tiles(List<Tile> tiles) {
    StringBuilder text = new StringBuilder("\n");
    for (Tile tile : tiles) {
      text.append(
          wrap("%s: %s, %s".formatted(tile.label(), tile.figure().text(), tile.remark()), "  "));
    }
    return text.toString();
  }

  private static String table(String caption, List<Column> columns, List<String[]> rows) {
    TextTable table = new TextTable(columns.stream().map(Column::title).toArray(String[]::new));
    rows.forEach(table::add);
    return "\n%s\n%s".formatted(caption, table.toText());
  }

  private static String[] row(List<Cell> cells) {
    return cells.stream().map(Cell::text).toArray(String[]::new);
  }

  private static String[] row(Bar bar) {
    return new String[] {bar.label(), bar.figure(), bar.note()};
  }

  /// @param indent of all lines but the first
  private static String wrap(String text, String indent) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(indent);
      } else if (!line.isEmpty()) {
        line.append(' ');
      }
      line.append(word);
    }
    lines.add(line.toString());
    return String.join("\n", lines) + "\n";
  }
}
