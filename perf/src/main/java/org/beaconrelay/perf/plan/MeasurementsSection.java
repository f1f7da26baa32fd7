package org.beaconrelay.perf.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.beaconrelay.perf.page.Block;
import org.beaconrelay.perf.page.Block.Cell;
import org.beaconrelay.perf.page.Block.Column;
import org.beaconrelay.perf.page.Document.Section;
import org.beaconrelay.perf.page.Figures;

/// All results, whether a plan goes by them or not, and the machine.
final class MeasurementsSection {
  private MeasurementsSection() {}

  static Section of(Plan plan) {
    return new Section("What was measured", List.of(samples(plan), facts(plan)));
  }

  private static Block samples(Plan plan) {
    Set<Sample> used =
        plan.planned().estimates().values().stream()
            .flatMap(estimate -> estimate.samples().stream())
            .collect(Collectors.toSet());
    List<List<Cell>> rows = new ArrayList<>();
    for (Sample sample : plan.evidence().samples()) {
      rows.add(
          Cell.row(
              sample.result().name(),
              sample.quantity().unit(),
              Figures.decimal(sample.extent()),
              sample.quantity().formatEach(sample.each()),
              used.contains(sample) ? "counts" : "another is nearer",
              scenario(sample.result())));
    }
    for (Evidence.LeftOut result : plan.evidence().leftOut()) {
      rows.add(Cell.row(result.name(), "-", "-", "-", "left out", result.reason()));
    }
    return new Block.Table(
        "Results of beacon load",
        List.of(
            Column.text("Result"),
            Column.text("Of what"),
            Column.number("Measured"),
            Column.number("Takes"),
            Column.text("In this plan"),
            Column.text("Scenario, or why not")),
        rows);
  }

  private static String scenario(Result result) {
    return result.scenario().entrySet().stream()
        .map(setting -> setting.getKey() + "=" + setting.getValue())
        .collect(Collectors.joining(" "));
  }

  /// Facts that all results agree on.
  private static Block facts(Plan plan) {
    Map<String, Set<String>> facts = new LinkedHashMap<>();
    for (Result result : plan.evidence().results()) {
      result
          .facts()
          .forEach(
              (name, fact) -> facts.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(fact));
    }
    Node node = plan.node();
    List<List<Cell>> rows = new ArrayList<>();
    rows.add(Cell.row("cores of a node", String.valueOf(node.cores()), node.origins().cores()));
    rows.add(
        Cell.row(
            "memory of a node",
            Figures.bytes((double) node.memoryBytes()),
            node.origins().memory()));
    rows.add(Cell.row("descriptors", String.valueOf(node.openFiles()), node.origins().openFiles()));
    rows.add(
        Cell.row(
            "fs.pipe-user-pages-soft",
            node.pipeUserPagesSoft() == 0 ? "no limit" : String.valueOf(node.pipeUserPagesSoft()),
            "this host"));
    facts.forEach(
        (name, texts) -> {
          if (texts.size() == 1) {
            rows.add(Cell.row(name, texts.iterator().next(), "the results"));
          }
        });
    return new Block.Table(
        "The node, and what the results say of the machine",
        List.of(Column.text("What"), Column.text("Value"), Column.text("Says who")),
        rows);
  }
}
