package org.beaconrelay.perf.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.beaconrelay.perf.page.Figures;

/// The plan in a sentence, and what must be known before it is believed.
final class Notices {
  private Notices() {}

  static String answer(Plan plan) {
    OptionalInt needed = plan.needed();
    if (needed.isEmpty()) {
      return "Not even %s replicas would do: see which limit is passed below, and take larger nodes."
          .formatted(Figures.whole(Plan.MOST_REPLICAS));
    }
    OptionalInt atBest = plan.neededAtBest();
    String range =
        atBest.isEmpty() || atBest.getAsInt() == needed.getAsInt()
            ? ""
            : " By the cheapest measurements it would be %d.".formatted(atBest.getAsInt());
    return "%s%d %s the load with %s head-room, and %d bear it when one has failed.%s"
        .formatted(
            plan.missing().isEmpty() ? "" : "As far as was measured: ",
            needed.getAsInt(),
            needed.getAsInt() == 1 ? "replica bears" : "replicas bear",
            Figures.percent(plan.headroom()),
            needed.getAsInt() + 1,
            range);
  }

  static List<String> of(Plan plan) {
    List<String> notices = new ArrayList<>();
    for (Quantity quantity : plan.missing()) {
      notices.add(
          "Not measured: %s. Run %s --out DIR, and give DIR with --results."
              .formatted(quantity.unit(), quantity.command(plan.tls())));
    }
    addGiven(plan, notices);
    addSettings(plan, notices);
    addLoops(plan, notices);
    addMachines(plan, notices);
    int leftOut = plan.evidence().leftOut().size();
    if (leftOut > 0) {
      notices.add("Results that are left out: %d. See What was measured.".formatted(leftOut));
    }
    return notices;
  }

  private static void addGiven(Plan plan, List<String> notices) {
    if (plan.given().isEmpty()) {
      return;
    }
    int given = plan.given().getAsInt();
    if (!plan.isEnough()) {
      notices.add("--replicas %d: too few.".formatted(given));
    } else if (given == 1 || !plan.planned().fits()) {
      notices.add("--replicas %d: they bear the load, but none of them may fail.".formatted(given));
    }
  }

  private static void addSettings(Plan plan, List<String> notices) {
    Share share = plan.planned();
    for (Limit limit : share.limits()) {
      if (!limit.isFixed() && limit.use(1) > 1 - plan.headroom()) {
        notices.add(
            "%s: as this host is set now, %s of %s would be in use. Raise it first, see What to set."
                .formatted(
                    limit.kind().label(),
                    limit.wantedText(),
                    limit.kind().format(limit.capacity())));
      }
    }
    double mostBytes = share.memory().mostBytes();
    if (mostBytes > plan.node().memoryBytes()) {
      notices.add(
          "With a full heap and full pipes a replica could need %s, and the node has %s."
              .formatted(
                  Figures.bytes(mostBytes), Figures.bytes((double) plan.node().memoryBytes())));
    }
  }

  private static void addLoops(Plan plan, List<String> notices) {
    Share share = plan.planned();
    double mean = share.cores() / plan.node().cores();
    if (mean > 0 && share.busiestLoop() > mean / (1 - plan.headroom())) {
      notices.add(
          "So few pairs do not spread evenly over %d loops: the busiest is expected to need %s of its core, and the mean is %s."
              .formatted(
                  plan.node().cores(),
                  Figures.percent(share.busiestLoop()),
                  Figures.percent(mean)));
    }
  }

  private static void addMachines(Plan plan, List<String> notices) {
    List<String> machines =
        plan.evidence().results().stream().map(Notices::machine).distinct().toList();
    if (machines.size() > 1) {
      notices.add("Measured on different machines: " + String.join("; ", machines) + ".");
    }
    List<String> others =
        plan.evidence().results().stream()
            .map(result -> result.facts().get("processors"))
            .filter(Objects::nonNull)
            .distinct()
            .filter(processors -> !processors.equals(String.valueOf(plan.node().cores())))
            .collect(Collectors.toList());
    if (!others.isEmpty()) {
      notices.add(
          "Measured with %s processors, planned with %d: that the costs are the same there was not measured."
              .formatted(String.join(" and ", others), plan.node().cores()));
    }
  }

  private static String machine(Result result) {
    return "%s with %s processors"
        .formatted(
            result.facts().getOrDefault("cpu", "unknown CPU"),
            result.facts().getOrDefault("processors", "unknown"));
  }
}
