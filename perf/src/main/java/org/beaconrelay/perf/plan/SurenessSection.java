package org.beaconrelay.perf.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.beaconrelay.perf.page.Block;
import org.beaconrelay.perf.page.Block.Cell;
import org.beaconrelay.perf.page.Block.Column;
import org.beaconrelay.perf.page.Block.Tone;
import org.beaconrelay.perf.page.Document.Section;
import org.beaconrelay.perf.page.Figures;

/// Where each number comes from, and how far it is stretched.
final class SurenessSection {
  private SurenessSection() {}

  static Section of(Plan plan) {
    List<List<Cell>> rows = new ArrayList<>();
    Share share = plan.planned();
    for (Quantity quantity : Quantity.values()) {
      Estimate estimate = share.estimates().get(quantity);
      if (estimate != null) {
        rows.add(row(estimate));
      } else if (share.load().of(quantity) > 0) {
        rows.add(missing(quantity, share.load()));
      }
    }
    return new Section(
        "How sure that is",
        List.of(
            new Block.Table(
                "What was measured, and how far beyond it the plan goes, for %s"
                    .formatted(LimitsSection.who(plan)),
                List.of(
                    Column.text("Quantity"),
                    Column.number("Takes"),
                    Column.number("Wanted"),
                    Column.number("Measured up to"),
                    Column.number("Factor"),
                    Column.number("Measurements"),
                    Column.number("Spread"),
                    Column.text("How sure"),
                    Column.text("From")),
                rows),
            new Block.Prose(Sureness.RULE)));
  }

  private static List<Cell> row(Estimate estimate) {
    return List.of(
        Cell.of(estimate.quantity().unit()),
        Cell.of(estimate.quantity().formatEach(estimate.dearest().each())),
        Cell.of(Figures.decimal(estimate.wanted())),
        Cell.of(Figures.decimal(estimate.extent())),
        Cell.of(Figures.times(estimate.factor())),
        Cell.of(String.valueOf(estimate.samples().size())),
        Cell.of(
            estimate.samples().size() == 1 && estimate.quantity().isRate()
                ? "unknown"
                : Figures.times(estimate.spread())),
        estimate.sureness().cell(),
        Cell.of(
            estimate.samples().stream()
                .map(sample -> sample.result().name())
                .collect(Collectors.joining(", "))));
  }

  private static List<Cell> missing(Quantity quantity, Wanted load) {
    return List.of(
        Cell.of(quantity.unit()),
        Cell.of("-"),
        Cell.of(Figures.decimal(load.of(quantity))),
        Cell.of("-"),
        Cell.of("-"),
        Cell.of("0"),
        Cell.of("-"),
        new Cell("not measured", Tone.BAD),
        Cell.of("-"));
  }
}
