package org.beaconrelay.perf.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.beaconrelay.perf.page.Block;
import org.beaconrelay.perf.page.Block.Axis;
import org.beaconrelay.perf.page.Block.Cell;
import org.beaconrelay.perf.page.Block.Column;
import org.beaconrelay.perf.page.Block.Line;
import org.beaconrelay.perf.page.Block.Look;
import org.beaconrelay.perf.page.Document.Section;
import org.beaconrelay.perf.page.Figures;
import org.jspecify.annotations.Nullable;

/// How long things took while the costs were measured.
final class LatencySection {
  private static final int COLOURS = 5;

  private record Timed(String name, Result.Run run) {}

  private LatencySection() {}

  static Section of(Plan plan) {
    List<Timed> timed =
        plan.planned().estimates().values().stream()
            .map(estimate -> estimate.dearest().result())
            .flatMap(LatencySection::timed)
            .toList();
    if (timed.isEmpty()) {
      return new Section(
          "Latencies that were measured",
          List.of(new Block.Prose("Nothing was timed in these results.")));
    }
    Set<String> percentiles = new LinkedHashSet<>();
    timed.forEach(run -> percentiles.addAll(run.run().timesUs().keySet()));
    List<String> names = List.copyOf(percentiles);
    return new Section(
        "Latencies that were measured",
        List.of(
            new Block.Prose(
                "Of the measured load, not of the wanted one: a loop that is busier answers later."
                    + " Where the generator was late, the times are as much too long."),
            chart(timed, names),
            table(timed, names)));
  }

  private static Stream<Timed> timed(Result result) {
    return result.runs().entrySet().stream()
        .filter(run -> !run.getValue().timesUs().isEmpty())
        .map(
            run ->
                new Timed("%s, %s".formatted(result.name(), nameOf(run.getKey())), run.getValue()));
  }

  private static String nameOf(String run) {
    return run.equals("direct") ? "no relay between" : run;
  }

  private static Block chart(List<Timed> timed, List<String> names) {
    List<Line> lines = new ArrayList<>();
    List<Double> positions = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      positions.add((double) i);
    }
    for (Timed run : timed) {
      List<Double> ys =
          names.stream().map(name -> run.run().timesUs().getOrDefault(name, Double.NaN)).toList();
      lines.add(new Line(run.name(), Look.LINE, lines.size() % COLOURS, ys));
    }
    return new Block.Chart(
        "Latency by percentile",
        "One line for each run; the table below has the figures",
        Axis.named("percentile", names),
        Axis.logarithmic("microseconds"),
        positions,
        lines);
  }

  private static Block table(List<Timed> timed, List<String> names) {
    List<Column> columns = new ArrayList<>(List.of(Column.text("Run")));
    names.forEach(name -> columns.add(Column.number(name)));
    columns.add(Column.number("Generator late by, p99"));
    columns.add(Column.number("Cores busy"));
    List<List<Cell>> rows = new ArrayList<>();
    for (Timed run : timed) {
      List<Cell> row = new ArrayList<>(List.of(Cell.of(run.name())));
      Map<String, Double> times = run.run().timesUs();
      names.forEach(name -> row.add(cell(times.get(name))));
      row.add(
          run.run().lateUs().isPresent()
              ? cell(run.run().lateUs().getAsDouble())
              : Cell.of("unknown"));
      row.add(
          Cell.of(run.run().cpuNs().isPresent() ? Figures.decimal(run.run().busyCores()) : "-"));
      rows.add(row);
    }
    return new Block.Table("Microseconds", columns, rows);
  }

  private static Cell cell(@Nullable Double us) {
    return Cell.of(us == null ? "-" : Figures.decimal(us));
  }
}
