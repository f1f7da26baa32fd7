package org.beaconrelay.app;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.beaconrelay.app.log.LinkField;

/// A [Disclosure] for people: the links of pairs beside each other, then those that wait, then the
/// rest.
///
/// @param disclosure what there is to tell
record DisclosureTable(Disclosure disclosure) {
  /// What only a link has that has ended: all of these are open.
  private static final List<LinkField> OF_ENDED_LINKS =
      List.of(LinkField.CLOSED, LinkField.CLOSE_REASON);

  private static final List<LinkField> COLUMNS =
      Stream.of(LinkField.values()).filter(field -> !OF_ENDED_LINKS.contains(field)).toList();

  private static final Comparator<Map<LinkField, String>> ORDER =
      Comparator.<Map<LinkField, String>, Boolean>comparing(link -> !isPaired(link))
          .thenComparing(link -> !link.containsKey(LinkField.ROLE))
          .thenComparing(link -> link.getOrDefault(LinkField.PAIRED, ""))
          .thenComparing(link -> link.getOrDefault(LinkField.PAIR_ID, ""))
          .thenComparing(link -> link.getOrDefault(LinkField.ROLE, ""))
          .thenComparing(link -> link.getOrDefault(LinkField.OPENED, ""));

  private static boolean isPaired(Map<LinkField, String> link) {
    return link.containsKey(LinkField.PAIR_ID);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(summary());
    if (!disclosure.links().isEmpty()) {
      lines.add("");
      lines.addAll(table());
    }
    lines.add("");
    lines.add(whatElse());
    return lines;
  }

  private String whatElse() {
    long records = disclosure.unwrittenRecords();
    if (records == 0) {
      return "This is all that the relay holds of links and could disclose. Of links that have"
          + " ended it holds nothing.";
    }
    return "This is all that the relay holds of links that are open. Of links that have ended it"
        + " holds %s that its connection log has not yet written, and could disclose those, too."
            .formatted(records == 1 ? "1 record" : records + " records");
  }

  private String summary() {
    long paired = disclosure.links().stream().filter(DisclosureTable::isPaired).count();
    long announced =
        disclosure.links().stream().filter(link -> link.containsKey(LinkField.ROLE)).count();
    long rest = disclosure.links().size() - announced;
    return "%s: %d links open: %d of pairs, %d waiting, %d others"
        .formatted(disclosure.at(), disclosure.links().size(), paired, announced - paired, rest);
  }

  private List<String> table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(COLUMNS.stream().map(LinkField::key).toList());
    disclosure.links().stream()
        .sorted(ORDER)
        .map(link -> COLUMNS.stream().map(field -> link.getOrDefault(field, "-")).toList())
        .forEach(rows::add);
    int[] widths = new int[COLUMNS.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      String padding = " ".repeat(widths[i] - cell.length());
      line.append(COLUMNS.get(i).type() == LinkField.Type.BYTES ? padding + cell : cell + padding);
      line.append("  ");
    }
    return line.toString().stripTrailing();
  }
}
