package org.beaconrelay.perf.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.beaconrelay.perf.page.Block;
import org.beaconrelay.perf.page.Block.Cell;
import org.beaconrelay.perf.page.Block.Column;
import org.beaconrelay.perf.page.Document.Section;
import org.beaconrelay.perf.page.Figures;

/// What a replica bears, and what it takes for that: while all are there, and when one has failed.
final class ReplicaSection {
  private final List<Share> shares;
  private final List<List<Cell>> rows = new ArrayList<>();

  private ReplicaSection(List<Share> shares) {
    this.shares = shares;
  }

  static Section of(Plan plan) {
    List<Share> shares =
        plan.deployed() == 1
            ? List.of(plan.share(1))
            : List.of(plan.share(plan.deployed()), plan.planned());
    return new Section("What a replica takes", List.of(load(plan, shares), takes(shares)));
  }

  private static List<Column> columns(List<Share> shares, Column... first) {
    List<Column> columns = new ArrayList<>(List.of(first));
    for (Share share : shares) {
      columns.add(Column.number("One of %d".formatted(share.replicas())));
    }
    return columns;
  }

  private void add(String name, ToDoubleFunction<Share> figure, DoubleFunction<String> format) {
    List<Cell> row = new ArrayList<>(List.of(Cell.of(name)));
    for (Share share : shares) {
      row.add(Cell.of(format.apply(figure.applyAsDouble(share))));
    }
    rows.add(row);
  }

  // ---- what it bears

  private static Block load(Plan plan, List<Share> shares) {
    List<Share> withAll = new ArrayList<>(List.of(plan.share(1)));
    withAll.addAll(shares);
    ReplicaSection table = new ReplicaSection(withAll);
    for (Quantity quantity : Quantity.values()) {
      table.add(quantity.unit(), share -> share.load().of(quantity), Figures::decimal);
    }
    table.add(
        "Gbit/s in, and as many out, messages included",
        share -> share.load().networkGbitPerSecond(),
        Figures::decimal);
    return new Block.Table(
        "The load",
        columns(shares, Column.text("Wanted"), Column.number("All together")),
        table.rows);
  }

  // ---- what it takes

  private static Block takes(List<Share> shares) {
    ReplicaSection table = new ReplicaSection(shares);
    table.addCpu();
    if (shares.getFirst().memory().isKnown()) {
      table.addMemory();
    }
    table.add("descriptors for links", share -> share.load().links(), Limit.Kind.LINKS::format);
    table.add("pipe pages in use", Share::pipePages, Limit.Kind.PIPES::format);
    return new Block.Table("What that takes", columns(shares, Column.text("Of what")), table.rows);
  }

  private void addCpu() {
    add(atLeast("cores busy", Quantity.RATES), Share::cores, Figures::decimal);
    for (Quantity quantity : Quantity.RATES) {
      addPart("for " + quantity.unit(), quantity, share -> share.cores(quantity), Figures::decimal);
    }
    add("busiest event loop, of its core", Share::busiestLoop, Figures::percent);
  }

  private void addMemory() {
    add(atLeast("memory", Quantity.HOLDINGS), share -> share.memory().bytes(), Figures::bytes);
    add("of it, process without links", share -> share.memory().baseBytes(), Figures::bytes);
    for (Quantity quantity : Quantity.HOLDINGS) {
      addPart(
          "process, for " + quantity.unit(),
          quantity,
          share -> share.memory().processBytes(quantity),
          Figures::bytes);
      addPart(
          "kernel, for " + quantity.unit(),
          quantity,
          share -> share.memory().kernelBytes(quantity),
          Figures::bytes);
    }
    add("of it, pipes at most", Share::pipeBudgetBytes, Figures::bytes);
  }

  private String atLeast(String name, List<Quantity> quantities) {
    return shares.getFirst().isWhole(quantities) ? name : name + ", at least";
  }

  /// A part that is there only where it is wanted.
  private void addPart(
      String name,
      Quantity quantity,
      ToDoubleFunction<Share> figure,
      DoubleFunction<String> format) {
    Share share = shares.getFirst();
    if (share.load().of(quantity) > 0) {
      boolean isKnown = share.estimates().containsKey(quantity);
      add("of it, " + name, figure, isKnown ? format : _ -> "not measured");
    }
  }
}
