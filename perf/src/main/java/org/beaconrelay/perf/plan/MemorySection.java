package org.beaconrelay.perf.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.beaconrelay.perf.page.Block;
import org.beaconrelay.perf.page.Block.Axis;
import org.beaconrelay.perf.page.Block.Cell;
import org.beaconrelay.perf.page.Block.Column;
import org.beaconrelay.perf.page.Block.Line;
import org.beaconrelay.perf.page.Block.Look;
import org.beaconrelay.perf.page.Document.Section;
import org.beaconrelay.perf.page.Figures;

/// The ramps, and the lines through them.
final class MemorySection {
  private static final double MIB = 1 << 20;

  private MemorySection() {}

  static Section of(Plan plan) {
    List<Block> blocks = new ArrayList<>();
    for (Quantity quantity : Quantity.HOLDINGS) {
      Estimate estimate = plan.planned().estimates().get(quantity);
      if (estimate != null) {
        blocks.add(text(estimate));
        blocks.add(chart(estimate));
        blocks.add(table(estimate));
      }
    }
    if (blocks.isEmpty()) {
      blocks.add(new Block.Prose("No ramp was given."));
    }
    return new Section("Memory by number of links", blocks);
  }

  private static Block text(Estimate estimate) {
    Result.Ramp ramp = estimate.dearest().ramp();
    return new Block.Prose(
        "%s: in the process %s each, in the kernel %s, descriptors %s; the process without any has %s. %d steps up to %s, off the line by at most %s of its rise (%s)."
            .formatted(
                estimate.quantity().unit(),
                Figures.bytes(ramp.rssBytesEach()),
                Figures.bytes(ramp.kernelBytesEach()),
                Figures.decimal(ramp.descriptorsEach()),
                Figures.bytes(ramp.baseRssBytes()),
                ramp.steps().size(),
                Figures.whole(ramp.mostLinks()),
                Figures.percent(ramp.misfit()),
                estimate.dearest().result().name()));
  }

  private static Block chart(Estimate estimate) {
    Result.Ramp ramp = estimate.dearest().ramp();
    TreeSet<Double> all = new TreeSet<>(List.of(0.0, estimate.wanted()));
    ramp.steps().forEach(step -> all.add(step.links()));
    List<Double> links = List.copyOf(all);
    String unit = estimate.quantity().unit();
    List<Line> lines = new ArrayList<>();
    lines.add(points("process, measured", 0, ramp, links, Result.Step::rssBytes));
    lines.add(points("kernel, measured", 1, ramp, links, Result.Step::kernelBytes));
    double most = ramp.mostLinks();
    lines.add(line("process", Look.LINE, 0, links, x -> x <= most, ramp::rssBytes));
    lines.add(line("kernel", Look.LINE, 1, links, x -> x <= most, ramp::kernelBytes));
    if (estimate.wanted() > most) {
      lines.add(
          line("process, extrapolated", Look.DASHED, 0, links, x -> x >= most, ramp::rssBytes));
      lines.add(
          line("kernel, extrapolated", Look.DASHED, 1, links, x -> x >= most, ramp::kernelBytes));
    }
    return new Block.Chart(
        "Memory by %s: measured, and the line up to what is wanted of a replica".formatted(unit),
        "Memory rises by %s for each, up to %s %s"
            .formatted(Figures.bytes(ramp.bytesEach()), Figures.whole(links.getLast()), unit),
        Axis.of(unit),
        Axis.of("MiB"),
        links,
        lines);
  }

  private static Block table(Estimate estimate) {
    Result.Ramp ramp = estimate.dearest().ramp();
    return new Block.Table(
        "The steps of the ramp, and the line",
        List.of(
            Column.text(estimate.quantity().unit()),
            Column.number("Process"),
            Column.number("by the line"),
            Column.number("Kernel"),
            Column.number("by the line")),
        ramp.steps().stream().map(step -> row(ramp, step)).toList());
  }

  private static List<Cell> row(Result.Ramp ramp, Result.Step step) {
    return Cell.row(
        Figures.whole(step.links()),
        Figures.bytes(step.rssBytes()),
        Figures.bytes(ramp.rssBytes(step.links())),
        Figures.bytes(step.kernelBytes()),
        Figures.bytes(ramp.kernelBytes(step.links())));
  }

  private static Line points(
      String label,
      int colour,
      Result.Ramp ramp,
      List<Double> links,
      ToDoubleFunction<Result.Step> bytes) {
    return new Line(
        label,
        Look.POINTS,
        colour,
        links.stream()
            .map(
                x ->
                    ramp.steps().stream()
                        .filter(step -> step.links() == x)
                        .mapToDouble(step -> bytes.applyAsDouble(step) / MIB)
                        .findFirst()
                        .orElse(Double.NaN))
            .toList());
  }

  private static Line line(
      String label,
      Look look,
      int colour,
      List<Double> links,
      DoublePredicate where,
      DoubleUnaryOperator bytes) {
    return new Line(
        label,
        look,
        colour,
        links.stream()
            .map(x -> where.test(x) ? bytes.applyAsDouble(x) / MIB : Double.NaN)
            .toList());
  }
}
