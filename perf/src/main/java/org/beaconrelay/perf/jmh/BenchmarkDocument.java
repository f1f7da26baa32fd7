package org.beaconrelay.perf.jmh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.beaconrelay.perf.jmh.Benchmark.Score;
import org.beaconrelay.perf.page.Block;
import org.beaconrelay.perf.page.Block.Bar;
import org.beaconrelay.perf.page.Block.Cell;
import org.beaconrelay.perf.page.Block.Column;
import org.beaconrelay.perf.page.Document;
import org.beaconrelay.perf.page.Document.Section;
import org.beaconrelay.perf.page.Figures;
import org.jspecify.annotations.Nullable;

/// The results of JMH for people: a section for each class, its benchmarks beside each other.
final class BenchmarkDocument {
  private BenchmarkDocument() {}

  static Document of(List<Benchmark> benchmarks) {
    Map<String, List<Benchmark>> byClass =
        benchmarks.stream()
            .collect(
                Collectors.groupingBy(Benchmark::className, TreeMap::new, Collectors.toList()));
    List<Section> sections = new ArrayList<>();
    byClass.forEach((name, all) -> sections.add(new Section(name, blocks(all))));
    sections.add(new Section("The run", List.of(facts(benchmarks))));
    return new Document(
        "Beacon Relay: micro-benchmarks",
        "Scores with the interval in which they lie with 99.9 % confidence. "
            + "Between machines, and between runs of different days, compare ratios only.",
        sections);
  }

  /// Bars of one scale for what has one unit.
  private static List<Block> blocks(List<Benchmark> benchmarks) {
    List<Block> blocks = new ArrayList<>();
    Map<String, List<Benchmark>> byUnit = new LinkedHashMap<>();
    for (Benchmark benchmark : benchmarks) {
      byUnit.computeIfAbsent(unit(benchmark), _ -> new ArrayList<>()).add(benchmark);
    }
    byUnit.forEach(
        (unit, all) -> blocks.add(bars("Score, " + unit, "Score", all, Benchmark::score)));
    List<Benchmark> allocating = benchmarks.stream().filter(b -> b.allocation() != null).toList();
    if (!allocating.isEmpty()) {
      blocks.add(
          bars(
              "Allocated, bytes for each operation; below 1 it is the harness",
              "Allocated",
              allocating,
              Benchmark::allocation));
    }
    return blocks;
  }

  private static String unit(Benchmark benchmark) {
    String better = benchmark.mode().equals("thrpt") ? "more" : "less";
    return "%s; %s is better".formatted(benchmark.score().unit(), better);
  }

  private static Block bars(
      String caption,
      String title,
      List<Benchmark> benchmarks,
      Function<Benchmark, @Nullable Score> of) {
    List<Bar> bars = new ArrayList<>();
    for (Benchmark benchmark : benchmarks) {
      Score score = of.apply(benchmark);
      if (score != null) {
        bars.add(
            new Bar(
                benchmark.label(),
                score.value(),
                score.value() - score.error(),
                score.value() + score.error(),
                Figures.decimal(score.value()) + " " + score.unit(),
                Double.isNaN(score.error()) ? "unknown" : "+/- " + Figures.decimal(score.error())));
      }
    }
    return new Block.Bars(
        caption,
        List.of(Column.text("Benchmark"), Column.text(title), Column.number("Error")),
        bars);
  }

  /// All values that a fact has.
  private static Block facts(List<Benchmark> benchmarks) {
    Map<String, Set<String>> facts = new LinkedHashMap<>();
    for (Benchmark benchmark : benchmarks) {
      benchmark
          .facts()
          .forEach(
              (name, fact) -> facts.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(fact));
    }
    List<List<Cell>> rows = new ArrayList<>();
    facts.forEach((name, values) -> rows.add(Cell.row(name, String.join("; ", values))));
    return new Block.Table("As JMH says", List.of(Column.text("What"), Column.text("Value")), rows);
  }
}
