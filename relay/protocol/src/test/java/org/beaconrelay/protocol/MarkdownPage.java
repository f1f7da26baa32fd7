package org.beaconrelay.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A page of the repository's documents, so far as a test wants to hold code against it: its tables
/// and its fenced blocks.
final class MarkdownPage {
  private static final String FENCE = "```";

  private final Path file;
  private final List<String> lines;

  private MarkdownPage(Path file, List<String> lines) {
    this.file = file;
    this.lines = lines;
  }

  /// Opens the page at `path` in the nearest folder at or above the working directory that has it:
  /// tests run in the folder of their module, the documents stand in the root of the checkout.
  static MarkdownPage of(String path) throws IOException {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      Path file = folder.resolve(path);
      if (Files.isRegularFile(file)) {
        return new MarkdownPage(file, Files.readAllLines(file, UTF_8));
      }
    }
    throw new AssertionError("no " + path + " in " + start + " or above it");
  }

  /// The rows of the only table with these columns: for each the cells by column, without
  /// back-ticks.
  List<Map<String, String>> table(String... columns) {
    List<String> wanted = List.of(columns);
    List<Map<String, String>> rows = new ArrayList<>();
    boolean found = false;
    for (int i = 0; i < lines.size(); i++) {
      if (cells(lines.get(i)).equals(wanted)) {
        if (found) {
          throw new AssertionError(file + ": two tables with the columns " + wanted);
        }
        found = true;
        // Behind the header comes the line of dashes.
        for (int row = i + 2; row < lines.size() && lines.get(row).startsWith("|"); row++) {
          rows.add(row(wanted, lines.get(row)));
        }
      }
    }
    if (rows.isEmpty()) {
      throw new AssertionError(file + ": no table with the columns " + wanted);
    }
    return rows;
  }

  private Map<String, String> row(List<String> columns, String line) {
    List<String> cells = cells(line);
    if (cells.size() != columns.size()) {
      throw new AssertionError(file + ": " + columns.size() + " cells wanted: " + line);
    }
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      row.put(columns.get(i), cells.get(i));
    }
    return row;
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    if (line.startsWith("|")) {
      for (String cell : line.substring(1, line.lastIndexOf('|')).split("\\|", -1)) {
        cells.add(cell.replace("`", "").strip());
      }
    }
    return cells;
  }

  /// The text of each fenced block that begins with "language name", by name, in the page's order.
  Map<String, String> blocks(String language) {
    Map<String, String> blocks = new LinkedHashMap<>();
    String opening = FENCE + language + " ";
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(opening)) {
        String name = lines.get(i).substring(opening.length()).strip();
        StringBuilder text = new StringBuilder();
        while (!lines.get(++i).equals(FENCE)) {
          text.append(lines.get(i)).append('\n');
        }
        if (blocks.put(name, text.toString()) != null) {
          throw new AssertionError(file + ": two blocks " + name);
        }
      }
    }
    return blocks;
  }
}
