package org.beaconrelay.perf.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.beaconrelay.perf.TextTable;

/// The page that a run ends with.
///
/// @param samples those that were taken; fewer than asked for if the run is not `complete`
record Report(
    RunFacts facts,
    List<Contender> contenders,
    List<Scenario> scenarios,
    List<Sample> samples,
    boolean complete) {
  private static final String NONE = "-";

  /// For people; the tables are Markdown.
  String toText() {
    StringBuilder text = new StringBuilder();
    if (!complete) {
      text.append("INCOMPLETE: the run was ended early; what follows is what there is\n\n");
    }
    facts.byName().forEach((name, value) -> text.append("%-10s %s%n".formatted(name, value)));
    text.append(
        """
        CPU        run time of all threads and processes of the relay for each GiB, message or pair
        figures    median (min-max) of the rounds

        """);
    if (!others().isEmpty()) {
      text.append("Beacon's figure divided by the other's, round by round:\n\n");
      text.append(ratios()).append('\n');
    }
    text.append("The figures themselves:\n\n").append(absolutes());
    Notes.of(this).forEach(note -> text.append("\nnote: ").append(note));
    return text.append('\n').toString();
  }

  List<ScenarioResult> results() {
    return scenarios.stream().map(scenario -> ScenarioResult.of(scenario, samples)).toList();
  }

  /// Those that Beacon is compared with; none without Beacon.
  List<Contender> others() {
    return contenders.contains(Contender.BEACON)
        ? contenders.stream().filter(contender -> contender != Contender.BEACON).toList()
        : List.of();
  }

  private String ratios() {
    TextTable table = table(List.of("scenario", "figure", "better if"), "beacon/", others());
    for (ScenarioResult result : results()) {
      for (Figure figure : result.scenario().figures()) {
        figure
            .better()
            .ifPresent(
                better -> {
                  List<String> row = new ArrayList<>();
                  row.addAll(List.of(result.scenario().label(), figure.label(), better.label()));
                  for (Contender other : others()) {
                    row.add(cell(result.ratio(figure, other), Report::formatRatio));
                  }
                  table.add(row.toArray(String[]::new));
                });
      }
    }
    return table.toText();
  }

  private String absolutes() {
    TextTable table = table(List.of("scenario", "figure", "unit"), "", contenders);
    for (ScenarioResult result : results()) {
      Amount amount = result.scenario().amount();
      for (Figure figure : result.scenario().figures()) {
        List<String> row = new ArrayList<>();
        row.addAll(List.of(result.scenario().label(), figure.label(), figure.unit(amount)));
        for (Contender contender : contenders) {
          row.add(cell(result.spread(figure, contender), value -> figure.format(amount, value)));
        }
        table.add(row.toArray(String[]::new));
      }
    }
    return table.toText();
  }

  private static TextTable table(List<String> titles, String prefix, List<Contender> columns) {
    List<String> all = new ArrayList<>(titles);
    columns.forEach(contender -> all.add(prefix + contender.label()));
    return new TextTable(all.toArray(String[]::new));
  }

  private static String cell(Optional<Spread> spread, DoubleFunction<String> number) {
    return spread.map(figures -> figures.format(number)).orElse(NONE);
  }

  private static String formatRatio(double ratio) {
    return String.format(Locale.ROOT, "%.2f", ratio);
  }
}
