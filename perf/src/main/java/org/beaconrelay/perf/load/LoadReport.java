package org.beaconrelay.perf.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.beaconrelay.perf.Json;
import org.beaconrelay.perf.TextTable;

/// Tells what came of it: for people as a table, for programs as JSON.
record LoadReport(Map<String, String> facts, List<LoadResult> results) {
  /// Whether all was done, and nothing failed.
  boolean isWhole() {
    return results.stream().allMatch(LoadResult::whole);
  }

  String toText() {
    StringBuilder text = new StringBuilder();
    if (!isWhole()) {
      text.append("INCOMPLETE: not all was done that was to be done, see the counts\n\n");
    }
    facts.forEach((name, fact) -> text.append("%-10s %s%n".formatted(name, fact)));
    List<String> titles = new ArrayList<>(List.of("times in us"));
    results.forEach(result -> titles.add(result.name()));
    TextTable table = new TextTable(titles.toArray(String[]::new));
    for (String name : names()) {
      List<String> row = new ArrayList<>(List.of(name));
      results.forEach(result -> row.add(result.figures().getOrDefault(name, "")));
      table.add(row.toArray(String[]::new));
    }
    return text.append('\n').append(table.toText()).toString();
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    results.forEach(result -> names.addAll(result.figures().keySet()));
    return names;
  }

  String toJson() {
    Map<String, Object> runs = new LinkedHashMap<>();
    results.forEach(result -> runs.put(result.name(), result.figures()));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("whole", isWhole());
    all.put("facts", facts);
    all.put("times", "microseconds");
    all.put("runs", runs);
    return Json.write(all) + "\n";
  }
}
