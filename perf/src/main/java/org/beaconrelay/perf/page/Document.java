package org.beaconrelay.perf.page;

import java.util.List;

/// A report, whatever it is shown on.
///
/// @param lead what it is, in a sentence
public record Document(String title, String lead, List<Section> sections) {
  /// A part with a heading.
  public record Section(String title, List<Block> blocks) {}

  /// As a page that needs nothing else.
  public String toHtml() {
    return HtmlPage.of(this);
  }

  /// As text; charts are left out.
  public String toText() {
    return TextPage.of(this);
  }
}
