package org.beaconrelay.perf.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.beaconrelay.perf.TextTable;

/// The report for people: a table with a column for each run. Times are in microseconds.
final class LoadText {
  private static final double NS_PER_US = 1e3;

  private LoadText() {}

  static String of(LoadReport report) {
    StringBuilder text = new StringBuilder();
    if (!report.whole()) {
      text.append("INCOMPLETE: not all was done that was to be done, see the counts\n\n");
    }
    line(text, "scenario", settings(report.settings()));
    report.facts().forEach((name, fact) -> line(text, name, fact));
    return text.append('\n').append(table(report.results())).toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-13s %s%n".formatted(name, value));
  }

  private static String settings(Map<String, Object> settings) {
    return settings.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(" "));
  }

  private static String table(List<LoadResult> results) {
    List<String> titles = new ArrayList<>(List.of("times in us"));
    List<Map<String, String>> columns = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (LoadResult result : results) {
      Map<String, String> figures = figures(result);
      titles.add(result.name());
      columns.add(figures);
      names.addAll(figures.keySet());
    }
    TextTable table = new TextTable(titles.toArray(String[]::new));
    for (String name : names) {
      List<String> row = new ArrayList<>(List.of(name));
      columns.forEach(figures -> row.add(figures.getOrDefault(name, "")));
      table.add(row.toArray(String[]::new));
    }
    return table.toText();
  }

  private static Map<String, String> figures(LoadResult result) {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("measured", String.valueOf(result.done()));
    for (Percentile percentile : Percentile.values()) {
      figures.put(percentile.label(), us(percentile.of(result.latencies())));
    }
    figures.put("begun late by, p50", us(Percentile.P50.of(result.lateness())));
    figures.put("begun late by, p99", us(Percentile.P99.of(result.lateness())));
    ProcessSeries process = result.process();
    if (process != null) {
      ProcessPoint end = process.last();
      if (result.done() > 0) {
        figures.put("relay CPU each", us(end.cpuNs() / result.done()));
      }
      figures.put("relay RSS, KiB", String.valueOf(end.rssKib()));
      figures.put("relay descriptors", String.valueOf(end.descriptors()));
      figures.put("of these, ends of pipes", String.valueOf(end.pipeEnds()));
    }
    result.counts().forEach((what, count) -> figures.put(what, String.valueOf(count)));
    return figures;
  }

  static String us(long ns) {
    return String.format(Locale.ROOT, "%.1f", ns / NS_PER_US);
  }
}
