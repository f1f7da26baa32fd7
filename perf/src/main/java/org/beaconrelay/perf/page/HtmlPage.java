package org.beaconrelay.perf.page;

import static org.beaconrelay.perf.page.Html.element;
import static org.beaconrelay.perf.page.Html.escape;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.beaconrelay.perf.page.Block.Cell;
import org.beaconrelay.perf.page.Block.Column;
import org.beaconrelay.perf.page.Block.Tile;
import org.beaconrelay.perf.page.Block.Tone;

/// A [Document] for a browser.
final class HtmlPage {
  private HtmlPage() {}

  static String of(Document document) {
    boolean hasCharts =
        document.sections().stream()
            .flatMap(section -> section.blocks().stream())
            .anyMatch(Block.Chart.class::isInstance);
    String style = Resources.style() + (hasCharts ? Resources.chartStyle() : "");
    String header = element("h1", document.title()) + element("p", document.lead());
    String main = document.sections().stream().map(HtmlPage::section).collect(Collectors.joining());
    return page(escape(document.title()), style, header, main, hasCharts ? script() : "");
  }

  /// The policy makes sure of it: a page asks nobody for anything.
  private static String page(
      String title, String style, String header, String main, String script) {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
    <title>%s</title>
    <link rel="icon" href="data:,">
    <style>
    %s</style>
    </head>
    <body>
    <header>
    %s</header>
    <main>
    %s</main>
    %s</body>
    </html>
    """
        .formatted(title, style, header, main, script);
  }

  private static String script() {
    return """
    <noscript><p>Charts need JavaScript. The tables have all figures.</p></noscript>
    <script>
    %s</script>
    <script>
    %s</script>
    """
        .formatted(Resources.chartScript(), Resources.script());
  }

  private static String section(Document.Section section) {
    return section.blocks().stream()
        .map(HtmlPage::block)
        .collect(
            Collectors.joining("", "<section>\n" + element("h2", section.title()), "</section>\n"));
  }

  private static String block(Block block) {
    return switch (block) {
      case Block.Prose(String text) -> element("p", text);
      case Block.Notice(String text) ->
          "<p class=\"notice\" role=\"note\">%s</p>\n".formatted(escape(text));
      case Block.Steps(List<String> sentences) ->
          sentences.stream()
              .map(sentence -> element("li", sentence))
              .collect(Collectors.joining("", "<ol>\n", "</ol>\n"));
      case Block.Tiles(List<Tile> tiles) ->
          tiles.stream()
              .map(HtmlPage::tile)
              .collect(Collectors.joining("", "<dl class=\"tiles\">\n", "</dl>\n"));
      case Block.Table table -> table(table);
      case Block.Bars bars -> HtmlBars.of(bars);
      case Block.Chart chart -> HtmlChart.of(chart);
    };
  }

  private static String tile(Tile tile) {
    return """
    <div><dt>%s</dt>
    <dd class="%s">%s</dd>
    <dd>%s</dd></div>
    """
        .formatted(
            escape(tile.label()),
            styleOf(tile.figure().tone()),
            escape(tile.figure().text()),
            escape(tile.remark()));
  }

  private static String table(Block.Table table) {
    StringBuilder html = new StringBuilder(openTable("", table.caption(), table.columns()));
    for (List<Cell> row : table.rows()) {
      html.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        html.append(i == 0 ? rowHeader(row.getFirst()) : cell(table.columns().get(i), row.get(i)));
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  /// Up to the first row. A table that is wider than the page scrolls by itself, also by keys.
  static String openTable(String style, String caption, List<Column> columns) {
    return columns.stream()
        .map(
            column ->
                "<th scope=\"col\"%s>%s</th>".formatted(numeric(column), escape(column.title())))
        .collect(
            Collectors.joining(
                "",
                """
                <div class="table" role="region" tabindex="0" aria-label="%s">
                <table%s><caption><span>%s</span></caption>
                <thead><tr>\
                """
                    .formatted(escape(caption), style, escape(caption)),
                "</tr></thead>\n<tbody>\n"));
  }

  private static String rowHeader(Cell cell) {
    return "<th scope=\"row\">%s</th>".formatted(escape(cell.text()));
  }

  private static String cell(Column column, Cell cell) {
    String text = escape(cell.text());
    return "<td%s>%s</td>"
        .formatted(
            numeric(column),
            cell.tone() == Tone.PLAIN
                ? text
                : "<span class=\"%s\">%s</span>".formatted(styleOf(cell.tone()), text));
  }

  private static String numeric(Column column) {
    return column.isNumber() ? " class=\"number\"" : "";
  }

  private static String styleOf(Tone tone) {
    return "tone " + tone.name().toLowerCase(Locale.ROOT);
  }
}
