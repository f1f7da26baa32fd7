package org.beaconrelay.app;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/// Totals of a connection log in a form that may be published: counts alone.
final class TransparencyReport {
  private TransparencyReport() {}

  /// A column of the table, and a field in JSON.
  private enum Count {
    LINKS("links", LinkTotals.Day::links),
    NEVER_PAIRED("never_paired", LinkTotals.Day::neverPaired),
    PAIRS("pairs", LinkTotals.Day::pairs),
    BYTES_TO_BROKERS("bytes_to_brokers", LinkTotals.Day::bytesToBrokers),
    BYTES_TO_BRIDGES("bytes_to_bridges", LinkTotals.Day::bytesToBridges),
    RECORDS_MISSING("records_missing", LinkTotals.Day::halves);

    private final String key;

    @SuppressWarnings("ImmutableEnumChecker") // a method
    private final ToLongFunction<LinkTotals.Day> of;

    Count(String key, ToLongFunction<LinkTotals.Day> of) {
      this.key = key;
      this.of = of;
    }

    long of(LinkTotals.Day day) {
      return of.applyAsLong(day);
    }

    long total(LinkTotals totals) {
      return totals.days().values().stream().mapToLong(of).reduce(0, LinkTotals::plus);
    }
  }

  static String json(LinkTotals totals) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("from", totals.from().toString());
    report.put("to", totals.to().toString());
    Map<String, Object> all = new LinkedHashMap<>();
    for (Count count : Count.values()) {
      all.put(count.key, count.total(totals));
    }
    report.put("total", all);
    report.put("close_reasons", reasons(totals));
    report.put("records_of_other_days", totals.otherDays());
    report.put("lines_not_understood", totals.foreignLines());
    List<Object> days = new ArrayList<>();
    totals
        .days()
        .forEach(
            (date, day) -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("day", date.toString());
              for (Count count : Count.values()) {
                row.put(count.key, count.of(day));
              }
              days.add(row);
            });
    report.put("days", days);
    return JsonText.of(report);
  }

  private static Map<String, Long> reasons(LinkTotals totals) {
    Map<String, Long> reasons = new LinkedHashMap<>();
    totals
        .reasons()
        .forEach((reason, count) -> reasons.put(reason.name().toLowerCase(Locale.ROOT), count));
    return reasons;
  }

  static String text(LinkTotals totals) {
    List<String> lines = new ArrayList<>();
    lines.add("transparency report, %s to %s (UTC)".formatted(totals.from(), totals.to()));
    lines.add("");
    List<String> names = new ArrayList<>(List.of("day"));
    for (Count count : Count.values()) {
      names.add(count.key.replace('_', ' '));
    }
    List<List<String>> rows = new ArrayList<>(List.of(names));
    totals.days().forEach((date, day) -> rows.add(row(date, day)));
    List<String> all = new ArrayList<>(List.of("total"));
    for (Count count : Count.values()) {
      all.add(number(count.total(totals)));
    }
    rows.add(all);
    lines.addAll(table(rows));
    lines.add("");
    lines.add("why links ended");
    reasons(totals)
        .forEach((reason, count) -> lines.add("  %-20s %s".formatted(reason, number(count))));
    lines.add("");
    lines.add("records of other days, not counted: " + number(totals.otherDays()));
    lines.add("lines not understood, not counted: " + number(totals.foreignLines()));
    return String.join(System.lineSeparator(), lines);
  }

  private static List<String> row(LocalDate date, LinkTotals.Day day) {
    List<String> row = new ArrayList<>(List.of(date.toString()));
    for (Count count : Count.values()) {
      row.add(number(count.of(day)));
    }
    return row;
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /// The first column to the left, the others to the right.
  private static List<String> table(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream()
        .map(
            row -> {
              StringBuilder line = new StringBuilder(row.getFirst());
              line.repeat(" ", widths[0] - line.length());
              for (int i = 1; i < columns; i++) {
                line.repeat(" ", 2 + widths[i] - row.get(i).length()).append(row.get(i));
              }
              return line.toString();
            })
        .toList();
  }
}
