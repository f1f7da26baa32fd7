package org.beaconrelay.perf.page;

import static org.beaconrelay.perf.page.Html.escape;

import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.beaconrelay.perf.page.Block.Bar;

/// [Block.Bars] as a table one of whose columns is drawn: it needs no script.
final class HtmlBars {
  /// A range that is wider than that, by the longest bar, is cut off.
  private static final double WIDEST = 2;

  private HtmlBars() {}

  static String of(Block.Bars bars) {
    double most = Math.min(most(bars, Bar::high), WIDEST * most(bars, Bar::value));
    StringBuilder html =
        new StringBuilder(HtmlPage.openTable(" class=\"bars\"", bars.caption(), bars.columns()));
    for (Bar bar : bars.bars()) {
      html.append(
          """
          <tr><th scope="row">%s</th><td><span class="bar" style="%s">%s</span> %s</td><td class="number">%s</td></tr>
          """
              .formatted(
                  escape(bar.label()),
                  place("--to", bar.value(), most),
                  range(bar, most),
                  escape(bar.figure()),
                  escape(bar.note())));
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  private static double most(Block.Bars bars, ToDoubleFunction<Bar> end) {
    return bars.bars().stream()
        .mapToDouble(bar -> Double.isNaN(bar.high()) ? bar.value() : end.applyAsDouble(bar))
        .max()
        .orElse(0);
  }

  private static String range(Bar bar, double most) {
    return Double.isNaN(bar.low()) || Double.isNaN(bar.high())
        ? ""
        : "<i style=\"%s;%s\"></i>"
            .formatted(
                place("--from", Math.max(0, bar.low()), most),
                place("--to", Math.min(most, bar.high()), most));
  }

  private static String place(String name, double value, double most) {
    return String.format(Locale.ROOT, "%s:%.2f%%", name, most == 0 ? 0 : 100 * value / most);
  }
}
