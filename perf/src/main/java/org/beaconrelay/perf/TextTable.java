package org.beaconrelay.perf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A Markdown table with aligned columns.
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(String... titles) {
    add(titles);
    rows.add(Collections.nCopies(titles.length, "---"));
  }

  /// @param cells as many as there are titles
  public void add(String... cells) {
    rows.add(List.of(cells));
  }

  public String toText() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        text.append("| ").append(cell).repeat(' ', width(column) - cell.length() + 1);
      }
      text.append("|\n");
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
