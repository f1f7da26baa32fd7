package org.beaconrelay.perf.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.beaconrelay.perf.page.Block;
import org.beaconrelay.perf.page.Block.Cell;
import org.beaconrelay.perf.page.Block.Column;
import org.beaconrelay.perf.page.Block.Tile;
import org.beaconrelay.perf.page.Block.Tone;
import org.beaconrelay.perf.page.Document.Section;
import org.beaconrelay.perf.page.Figures;

/// How many replicas, what comes first, how sure; and what must be known before it is believed.
final class AnswerSection {
  private AnswerSection() {}

  static Section of(Plan plan) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Tiles(List.of(replicas(plan), cores(plan), first(plan), sureness(plan))));
    blocks.add(new Block.Prose(Notices.answer(plan)));
    Notices.of(plan).forEach(notice -> blocks.add(new Block.Notice(notice)));
    blocks.add(byNumber(plan));
    return new Section("The answer", blocks);
  }

  // ---- tiles

  private static Tile replicas(Plan plan) {
    OptionalInt needed = plan.needed();
    String label = plan.missing().isEmpty() ? "Replicas" : "Replicas, at least";
    if (needed.isEmpty()) {
      return new Tile(label, new Cell("none will do", Tone.BAD), "see below");
    }
    String remark =
        plan.given().isPresent()
            ? "needed without a spare; %d are given".formatted(plan.given().getAsInt())
            : "the last one may fail";
    String figure =
        plan.given().isPresent()
            ? String.valueOf(needed.getAsInt())
            : "%d + 1".formatted(needed.getAsInt());
    Tone tone = plan.missing().isEmpty() && plan.isEnough() ? Tone.GOOD : Tone.BAD;
    return new Tile(label, new Cell(figure, tone), remark);
  }

  private static Tile cores(Plan plan) {
    Limit cores = limit(plan.planned(), Limit.Kind.CORES).orElseThrow();
    return new Tile(
        "Cores busy, of a replica",
        Cell.of("%s of %d".formatted(cores.wantedText(), plan.node().cores())),
        plan.deployed() > 1 ? cores.useText() + " when one has failed" : cores.useText());
  }

  private static Tile first(Plan plan) {
    Limit first = LimitsSection.first(plan.planned(), Limit::isFixed);
    return new Tile(
        "Reached first, when all is set",
        new Cell(first.kind().label(), first.multipleAt(1) >= 1 ? Tone.PLAIN : Tone.BAD),
        first.reachedText());
  }

  private static Tile sureness(Plan plan) {
    if (!plan.missing().isEmpty()) {
      return new Tile("How sure", new Cell("not measured", Tone.BAD), "some of it, see below");
    }
    Estimate weakest =
        plan.planned().estimates().values().stream()
            .max(Comparator.comparing(Estimate::sureness).thenComparingDouble(Estimate::factor))
            .orElseThrow();
    return new Tile(
        "How sure",
        weakest.sureness().cell(),
        "by the weakest: %s, %s what was measured"
            .formatted(weakest.quantity().unit(), Figures.times(weakest.factor())));
  }

  // ---- by number of replicas

  private static Block byNumber(Plan plan) {
    TreeSet<Integer> numbers = new TreeSet<>();
    plan.needed().ifPresent(needed -> numbers.addAll(List.of(needed - 1, needed, needed + 1)));
    numbers.add(plan.deployed());
    numbers.add(plan.bearing());
    numbers.remove(0);
    List<List<Cell>> rows = new ArrayList<>();
    for (int replicas : numbers) {
      Share share = plan.share(replicas);
      rows.add(
          List.of(
              Cell.of(String.valueOf(replicas)),
              use(share, Limit.Kind.CORES),
              Cell.of(busiestLoop(share)),
              use(share, Limit.Kind.MEMORY),
              use(share, Limit.Kind.LINKS),
              meaning(plan, replicas)));
    }
    return new Block.Table(
        "Use of a replica by the number of replicas that share the load; %s of each limit is to stay free"
            .formatted(Figures.percent(plan.headroom())),
        List.of(
            Column.text("Replicas"),
            Column.number("Cores"),
            Column.number("Busiest loop"),
            Column.number("Memory"),
            Column.number("Links, as set now"),
            Column.text("Enough?")),
        rows);
  }

  private static String busiestLoop(Share share) {
    return (share.isWhole(Quantity.RATES) ? "" : "at least ")
        + Figures.percent(share.busiestLoop());
  }

  private static Cell use(Share share, Limit.Kind kind) {
    return Cell.of(limit(share, kind).map(Limit::useText).orElse("not measured"));
  }

  private static Optional<Limit> limit(Share share, Limit.Kind kind) {
    return share.limits().stream().filter(limit -> limit.kind() == kind).findFirst();
  }

  private static Cell meaning(Plan plan, int replicas) {
    if (!plan.share(replicas).fits()) {
      return new Cell("too few", Tone.BAD);
    }
    boolean oneMayFail = replicas > 1 && plan.share(replicas - 1).fits();
    String meaning = oneMayFail ? "yes, and one may fail" : "yes, but none may fail";
    return plan.missing().isEmpty()
        ? new Cell(meaning, oneMayFail ? Tone.GOOD : Tone.FAIR)
        : new Cell(meaning + ", as far as was measured", Tone.FAIR);
  }
}
