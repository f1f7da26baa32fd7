package org.beaconrelay.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;

/// The page that a run ends with.
///
/// @param samples those that were taken; fewer than asked for if the run is not `complete`
record Report(RunFacts facts, List<Scenario> scenarios, List<Sample> samples, boolean complete) {
  private static final double NOTEWORTHY_WAIT_SHARE = 0.05;

  /// For people; the table is Markdown.
  String toText() {
    StringBuilder text = new StringBuilder();
    if (!complete) {
      text.append("INCOMPLETE: the run was ended early; what follows is what there is\n\n");
    }
    facts.byName().forEach((name, value) -> text.append("%-8s %s%n".formatted(name, value)));
    text.append(
        "cost     run time of all threads of the relay for each GiB or message delivered\n");
    text.append("figures  median (min-max); a ratio below 1 means that Beacon takes less\n\n");
    text.append(table());
    notes().forEach(note -> text.append('\n').append(note));
    return text.append('\n').toString();
  }

  List<ScenarioResult> results() {
    return scenarios.stream().map(scenario -> ScenarioResult.of(scenario, samples)).toList();
  }

  private String table() {
    TextTable table =
        new TextTable(
            "scenario",
            "cost",
            "beacon",
            "haproxy",
            "beacon/haproxy",
            "throughput",
            "beacon",
            "haproxy");
    for (ScenarioResult result : results()) {
      Figure figure = result.scenario().figure();
      table.add(
          result.scenario().label(),
          figure.costUnit(),
          cell(result.cost(Contender.BEACON), figure::formatCost),
          cell(result.cost(Contender.HAPROXY), figure::formatCost),
          cell(result.costRatio(), ratio -> String.format(Locale.ROOT, "%.2f", ratio)),
          figure.throughputUnit(),
          cell(result.throughput(Contender.BEACON), figure::formatThroughput),
          cell(result.throughput(Contender.HAPROXY), figure::formatThroughput));
    }
    return table.toText();
  }

  private static String cell(Optional<Spread> spread, DoubleFunction<String> number) {
    return spread.map(figures -> figures.format(number)).orElse("-");
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      for (Contender contender : Contender.values()) {
        List<Sample> measured =
            samples.stream()
                .filter(sample -> sample.scenario() == scenario && sample.contender() == contender)
                .toList();
        String which = "note: %s, %s: ".formatted(scenario.label(), contender.label());
        double waitShare = measured.stream().mapToDouble(Sample::waitShare).max().orElse(0);
        if (waitShare > NOTEWORTHY_WAIT_SHARE) {
          notes.add(
              which
                  + "waited for its core up to %.0f %% of the time: something else ran there"
                      .formatted(100 * waitShare));
        }
        long endedTasks = measured.stream().mapToLong(sample -> sample.cpu().endedTasks()).sum();
        if (endedTasks > 0) {
          notes.add(
              which
                  + "%d threads ended while measured; their last stretch is not in the cost"
                      .formatted(endedTasks));
        }
      }
    }
    return notes;
  }
}
