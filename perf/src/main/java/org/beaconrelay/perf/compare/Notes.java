package org.beaconrelay.perf.compare;

import java.util.ArrayList;
import java.util.List;

/// What a reader of a [Report] has to be told about its figures.
final class Notes {
  private static final double NOTEWORTHY_WAIT_SHARE = 0.05;
  private static final double NOTEWORTHY_CHURN_SHARE = 0.95;

  private final Report report;
  private final List<String> notes = new ArrayList<>();

  private Notes(Report report) {
    this.report = report;
  }

  static List<String> of(Report report) {
    Notes notes = new Notes(report);
    notes.aboutContenders();
    for (ScenarioResult result : report.results()) {
      for (Contender contender : report.contenders()) {
        notes.aboutSamples(result.scenario(), contender, result.samplesOf(contender));
        notes.aboutRatios(result, contender);
      }
    }
    return notes.notes;
  }

  private void aboutContenders() {
    if (report.contenders().contains(Contender.DIRECT)) {
      notes.add("direct is no relay: it takes no CPU and no memory, adds nothing, is not in churn");
    } else if (report.scenarios().contains(Scenario.PING_PONG_1)) {
      notes.add("what is added is not known without the contender direct");
    }
    if (!report.contenders().contains(Contender.BEACON)) {
      notes.add("nothing is compared without the contender beacon");
    }
  }

  private void aboutSamples(Scenario scenario, Contender contender, List<Sample> samples) {
    double waitShare = samples.stream().mapToDouble(Sample::waitShare).max().orElse(0);
    if (waitShare > NOTEWORTHY_WAIT_SHARE) {
      add(
          scenario,
          contender,
          "waited for its core up to %.0f %% of the time: something else ran there"
              .formatted(100 * waitShare));
    }
    long endedTasks = samples.stream().mapToLong(Sample::endedTasks).sum();
    if (endedTasks > 0) {
      add(
          scenario,
          contender,
          "%d threads ended while measured; their last stretch is not in the CPU"
              .formatted(endedTasks));
    }
    double pairsPerSecond =
        samples.stream()
            .mapToDouble(sample -> Amount.PAIRS.throughput(sample.delivered(), sample.elapsedNs()))
            .min()
            .orElse(ChurnLoad.PAIRS_PER_SECOND);
    if (scenario == Scenario.CHURN
        && pairsPerSecond < NOTEWORTHY_CHURN_SHARE * ChurnLoad.PAIRS_PER_SECOND) {
      add(
          scenario,
          contender,
          "%.0f pairs a second, not the %d that were due: relay or generator are at their end"
              .formatted(pairsPerSecond, ChurnLoad.PAIRS_PER_SECOND));
    }
  }

  private void aboutRatios(ScenarioResult result, Contender other) {
    for (Figure figure : result.scenario().figures()) {
      long without =
          result.spread(figure, other).isEmpty() || figure.better().isEmpty()
              ? 0
              : result.samplesOf(other).size() - result.ratios(figure, other).size();
      if (report.complete() && report.others().contains(other) && without > 0) {
        add(
            result.scenario(),
            other,
            "%s is not above 0 on both sides in %d rounds, which have no ratio"
                .formatted(figure.label(), without));
      }
    }
  }

  private void add(Scenario scenario, Contender contender, String note) {
    notes.add("%s, %s: %s".formatted(scenario.label(), contender.label(), note));
  }
}
