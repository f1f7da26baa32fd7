package org.beaconrelay.perf.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.beaconrelay.perf.TextTable;

/// The report for people: a table with a column for each run. Times are in microseconds.
final class LoadText {
  private static final double NS_PER_US = 1e3;
  private static final double NS_PER_S = 1e9;
  private static final double BYTES_PER_GIB = 1 << 30;

  private LoadText() {}

  static String of(LoadReport report) {
    StringBuilder text = new StringBuilder();
    if (!report.whole()) {
      text.append("INCOMPLETE: not all was done that was to be done, see the counts\n\n");
    }
    line(text, "scenario", settings(report.settings()));
    report.facts().forEach((name, fact) -> line(text, name, fact));
    text.append('\n').append(table(report.results()));
    for (LoadResult result : report.results()) {
      if (result.ramp() != null) {
        text.append('\n').append(RampText.of(result.ramp()));
      } else if (result.process() != null) {
        text.append('\n').append(process(result.process()));
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-13s %s%n".formatted(name, value));
  }

  private static String settings(Map<String, Object> settings) {
    return settings.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(" "));
  }

  private static String table(List<LoadResult> results) {
    List<String> titles = new ArrayList<>(List.of(title(results)));
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

  private static String title(List<LoadResult> results) {
    return results.stream().allMatch(result -> result.unit().isTimed()) ? "times in us" : "";
  }

  private static Map<String, String> figures(LoadResult result) {
    Map<String, String> figures = new LinkedHashMap<>();
    switch (result.unit()) {
      case PAIRING, REQUEST, MESSAGE -> putTimes(figures, result);
      case BYTE -> putBytes(figures, result);
      case LINK, PAIR -> {} // the counts say it all
    }
    result.counts().forEach((what, count) -> figures.put(what, String.valueOf(count)));
    return figures;
  }

  private static void putTimes(Map<String, String> figures, LoadResult result) {
    figures.put("measured", String.valueOf(result.latencies().getTotalCount()));
    for (Percentile percentile : Percentile.values()) {
      figures.put(percentile.label(), us(percentile, result.latencies()));
    }
    figures.put("done a second", decimal(result.done() / (result.elapsedNs() / NS_PER_S)));
    figures.put("begun late by, p50", us(Percentile.P50, result.lateness()));
    figures.put("begun late by, p99", us(Percentile.P99, result.lateness()));
    if (result.process() != null && result.done() > 0) {
      figures.put("relay CPU each", us(result.process().last().cpuNs() / result.done()));
    }
  }

  private static String us(Percentile percentile, Histogram times) {
    return percentile.isKnown(times) ? us(percentile.of(times)) : "-";
  }

  private static void putBytes(Map<String, String> figures, LoadResult result) {
    double gib = gib(result.done());
    double seconds = result.elapsedNs() / NS_PER_S;
    figures.put("GiB", decimal(gib));
    figures.put("seconds", decimal(seconds));
    figures.put("GiB/s", decimal(gib / seconds));
    if (result.process() != null && result.done() > 0) {
      figures.put("relay CPU, s/GiB", decimal(result.process().last().cpuNs() / NS_PER_S / gib));
    }
  }

  private static String process(ProcessSeries series) {
    TextTable table = new TextTable("relay's process", "at the start", "at the end", "at most");
    putProcess(table, "RSS, KiB", series, ProcessPoint::rssKib);
    putProcess(table, "descriptors", series, ProcessPoint::descriptors);
    putProcess(table, "of these, ends of pipes", series, ProcessPoint::pipeEnds);
    putProcess(table, "threads", series, ProcessPoint::threads);
    return series.isMinutes()
        ? table.toText() + "\nRSS grows by %.0f KiB a minute\n".formatted(series.rssKibPerMinute())
        : table.toText();
  }

  private static void putProcess(
      TextTable table, String name, ProcessSeries series, ToLongFunction<ProcessPoint> figure) {
    table.add(
        name,
        String.valueOf(figure.applyAsLong(series.first())),
        String.valueOf(figure.applyAsLong(series.last())),
        String.valueOf(series.max(figure)));
  }

  static double gib(long bytes) {
    return bytes / BYTES_PER_GIB;
  }

  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }

  static String us(long ns) {
    return String.format(Locale.ROOT, "%.1f", ns / NS_PER_US);
  }
}
