package org.beaconrelay.perf.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.beaconrelay.perf.page.Block;
import org.beaconrelay.perf.page.Block.Axis;
import org.beaconrelay.perf.page.Block.Cell;
import org.beaconrelay.perf.page.Block.Column;
import org.beaconrelay.perf.page.Block.Line;
import org.beaconrelay.perf.page.Block.Look;
import org.beaconrelay.perf.page.Block.Tone;
import org.beaconrelay.perf.page.Document.Section;

/// Which limit is reached when.
final class LimitsSection {
  private static final int POINTS = 40;
  private static final double LEAST_MULTIPLE = 2;
  private static final double MOST_MULTIPLE = 10;
  private static final double BEHIND_THE_FIRST = 1.25;
  private static final double MOST_PERCENT = 130;

  private LimitsSection() {}

  static Section of(Plan plan) {
    return new Section(
        "Which limit is reached first",
        List.of(new Block.Prose(text(plan)), chart(plan), table(plan)));
  }

  /// The replica that the figures are about.
  static String who(Plan plan) {
    if (plan.deployed() == 1) {
      return "the only replica";
    }
    return plan.bearing() == 1
        ? "the replica that is left of 2"
        : "one of the %d replicas that are left of %d".formatted(plan.bearing(), plan.deployed());
  }

  private static String text(Plan plan) {
    Limit first = first(plan.planned(), _ -> true);
    Limit fixed = first(plan.planned(), Limit::isFixed);
    String asSet =
        first.isFixed()
            ? ""
            : "as this host is set now, the first limit is %s, %s; "
                .formatted(first.kind().label(), first.reachedText());
    return "For %s: %swhen all is set that has to be, the first limit is %s, %s."
        .formatted(who(plan), asSet, fixed.kind().label(), fixed.reachedText());
  }

  /// The limit that is reached before all others of the kind.
  static Limit first(Share share, Predicate<Limit> kind) {
    return share.limits().stream()
        .filter(kind)
        .min(Comparator.comparingDouble(limit -> limit.multipleAt(1)))
        .orElseThrow();
  }

  private static Block chart(Plan plan) {
    List<Limit> limits = plan.planned().limits();
    double most = mostMultiple(limits);
    List<Double> multiples =
        IntStream.rangeClosed(0, POINTS).mapToObj(i -> most * i / POINTS).toList();
    List<Line> lines = new ArrayList<>();
    for (Limit limit : limits) {
      lines.add(
          new Line(
              limit.kind().label(),
              limit.isFixed() ? Look.LINE : Look.DASHED,
              limit.kind().ordinal(),
              multiples.stream().map(multiple -> 100 * limit.use(multiple)).toList()));
    }
    lines.add(bound("all of it is in use", 100, multiples));
    lines.add(bound("head-room begins", 100 * (1 - plan.headroom()), multiples));
    return new Block.Chart(
        "Use of each limit by multiples of the wanted load",
        "Lines of use over load. They reach 100 %: "
            + limits.stream()
                .map(limit -> limit.kind().label() + " " + limit.multipleText(1))
                .collect(Collectors.joining(", ")),
        Axis.of("multiple of the wanted load"),
        Axis.upTo("% in use", MOST_PERCENT),
        multiples,
        lines);
  }

  private static Line bound(String label, double percent, List<Double> multiples) {
    return new Line(label, Look.BOUND, 0, multiples.stream().map(_ -> percent).toList());
  }

  private static double mostMultiple(List<Limit> limits) {
    double first =
        limits.stream()
            .filter(Limit::isFixed)
            .mapToDouble(limit -> limit.multipleAt(1))
            .min()
            .orElse(LEAST_MULTIPLE);
    return Math.clamp(Math.ceil(first * BEHIND_THE_FIRST), LEAST_MULTIPLE, MOST_MULTIPLE);
  }

  private static Block table(Plan plan) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Limit limit : plan.planned().limits()) {
      rows.add(
          List.of(
              Cell.of(limit.kind().label()),
              Cell.of(limit.kind().format(limit.capacity())),
              Cell.of(limit.kind().format(limit.none())),
              Cell.of(limit.wantedText()),
              new Cell(limit.useText(), tone(limit, plan.headroom())),
              Cell.of(limit.multipleText(1 - plan.headroom())),
              Cell.of(limit.multipleText(1)),
              Cell.of(limit.isFixed() ? "the node" : "a setting")));
    }
    return new Block.Table(
        "Limits of %s".formatted(who(plan)),
        List.of(
            Column.text("Limit"),
            Column.number("There is"),
            Column.number("Without load"),
            Column.number("At the wanted load"),
            Column.number("Use"),
            Column.number("Head-room begins at"),
            Column.number("All of it at"),
            Column.text("Given by")),
        rows);
  }

  private static Tone tone(Limit limit, double headroom) {
    if (limit.use(1) > 1) {
      return Tone.BAD;
    }
    return limit.use(1) > 1 - headroom ? Tone.FAIR : Tone.GOOD;
  }
}
