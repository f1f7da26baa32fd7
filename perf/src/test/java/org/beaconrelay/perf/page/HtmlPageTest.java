package org.beaconrelay.perf.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.beaconrelay.perf.page.Block.Axis;
import org.beaconrelay.perf.page.Block.Bar;
import org.beaconrelay.perf.page.Block.Cell;
import org.beaconrelay.perf.page.Block.Column;
import org.beaconrelay.perf.page.Block.Line;
import org.beaconrelay.perf.page.Block.Look;
import org.beaconrelay.perf.page.Block.Tile;
import org.beaconrelay.perf.page.Block.Tone;
import org.junit.jupiter.api.Test;

final class HtmlPageTest {
  private static final String EVIL = "</script><b title=\"x\" onclick='y'>&";
  private static final String ESCAPED =
      "&lt;/script&gt;&lt;b title=&quot;x&quot; onclick=&#39;y&#39;&gt;&amp;";

  private static Document document(String text, double value) {
    Column column = Column.text(text);
    Cell cell = new Cell(text, Tone.FAIR);
    Line line = new Line(text, Look.POINTS, 0, List.of(value, Double.NaN));
    return new Document(
        text,
        text,
        List.of(
            new Document.Section(
                text,
                List.of(
                    new Block.Prose(text),
                    new Block.Notice(text),
                    new Block.Steps(List.of(text)),
                    new Block.Tiles(List.of(new Tile(text, cell, text))),
                    new Block.Table(text, List.of(column, column), List.of(List.of(cell, cell))),
                    new Block.Bars(
                        text,
                        List.of(column, column, column),
                        List.of(new Bar(text, value, value, value, text, text))),
                    new Block.Chart(
                        text,
                        text,
                        Axis.named(text, List.of(text)),
                        Axis.logarithmic(text),
                        List.of(0.0, 1.0),
                        List.of(line))))));
  }

  @Test
  void escapesAllTexts() {
    String html = document(EVIL, 1).toHtml();
    assertThat(html).doesNotContain(EVIL, "<b ").contains("<h1>" + ESCAPED + "</h1>");
    // title, h1, lead; h2; prose, notice, step; tile 3; table: label, caption, 2 titles, 2 cells;
    // bars: label, caption, 3 titles, label, figure, note; chart: title, summary
    assertThat(count(html, Pattern.quote(ESCAPED))).isEqualTo(26);
    // axes 2, name, line
    assertThat(count(html, Pattern.quote("\\u003c/script>\\u003cb "))).isEqualTo(4);
  }

  @Test
  void asksNobodyForAnything() {
    String html = document("text", 1).toHtml();
    assertThat(html)
        .contains("default-src 'none'")
        .doesNotContainPattern(
            "(?i)\\b(src|href|action|srcset|data)\\s*=\\s*[\"']?\\s*(https?:)?//")
        .doesNotContain("@import", "url(", "<iframe", "<img", "<object")
        .doesNotContainPattern("(?i)<link [^>]*href=\"(?!data:,\")")
        .doesNotContainPattern("<script [^>]*src");
  }

  @Test
  void carriesTheLicenceOfTheChartLibrary() {
    assertThat(document("text", 1).toHtml()).contains("Leon Sorokin", "var uPlot=");
  }

  @Test
  void hasNoScriptWhereThereIsNoChart() {
    Document plain =
        new Document(
            "t", "l", List.of(new Document.Section("s", List.of(new Block.Prose("prose")))));
    assertThat(plain.toHtml()).doesNotContain("<script");
  }

  @Test
  void namesWhatIsSeen() {
    String html = document("text", 1).toHtml();
    assertThat(html)
        .contains("<html lang=\"en\">", "<main>", "<noscript>")
        .contains("role=\"img\" aria-label=\"text\"", "role=\"region\" tabindex=\"0\"")
        .contains("<caption><span>text</span></caption>", "<th scope=\"col\"", "<th scope=\"row\"");
  }

  @Test
  void placesBarsAndTheirRanges() {
    Block bars =
        new Block.Bars(
            "c",
            List.of(Column.text("a"), Column.text("b"), Column.number("c")),
            List.of(
                new Bar("half", 50, 25, 75, "50", ""),
                new Bar("whole", 100, Double.NaN, Double.NaN, "100", ""),
                new Bar("wide", 10, -1_000, 1_000, "10", "")));
    String html =
        new Document("t", "l", List.of(new Document.Section("s", List.of(bars)))).toHtml();
    // The scale ends at twice the longest bar.
    assertThat(html)
        .contains("style=\"--to:25.00%\"><i style=\"--from:12.50%;--to:37.50%\"></i>")
        .contains("style=\"--to:50.00%\"></span> 100")
        .contains("style=\"--to:5.00%\"><i style=\"--from:0.00%;--to:100.00%\"></i>");
  }

  private static long count(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().count();
  }
}
