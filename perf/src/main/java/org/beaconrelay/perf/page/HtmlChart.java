package org.beaconrelay.perf.page;

import static org.beaconrelay.perf.page.Html.escape;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.beaconrelay.perf.Json;
import org.beaconrelay.perf.page.Block.Axis;
import org.beaconrelay.perf.page.Block.Line;

/// [Block.Chart] as figures that `page.js` draws. Without JavaScript it stays hidden.
final class HtmlChart {
  private HtmlChart() {}

  static String of(Block.Chart chart) {
    return """
    <figure class="chart" hidden>
    <figcaption>%s</figcaption>
    <div class="plot" role="img" aria-label="%s"></div>
    <script type="application/json">%s</script>
    </figure>
    """
        .formatted(
            escape(chart.title()),
            escape(chart.summary()),
            Html.script(Json.write(figures(chart))));
  }

  private static Map<String, Object> figures(Block.Chart chart) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("x", axis(chart.x()));
    figures.put("y", axis(chart.y()));
    figures.put("xs", chart.xs());
    figures.put("lines", chart.lines().stream().map(HtmlChart::line).toList());
    return figures;
  }

  private static Map<String, Object> axis(Axis axis) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("label", axis.label());
    figures.put("log", axis.isLogarithmic());
    figures.put("names", axis.names());
    if (!Double.isNaN(axis.max())) {
      figures.put("max", axis.max());
    }
    return figures;
  }

  private static Map<String, Object> line(Line line) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("label", line.label());
    figures.put("look", line.look().name().toLowerCase(Locale.ROOT));
    figures.put("colour", line.colour());
    figures.put("ys", line.ys().stream().<Object>map(y -> y.isNaN() ? Json.NULL : y).toList());
    return figures;
  }
}
