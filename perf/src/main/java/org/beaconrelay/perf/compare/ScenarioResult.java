package org.beaconrelay.perf.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All measurements of one scenario.
record ScenarioResult(Scenario scenario, List<Sample> samples) {
  /// @param samples of any scenario
  static ScenarioResult of(Scenario scenario, List<Sample> samples) {
    return new ScenarioResult(
        scenario, samples.stream().filter(sample -> sample.scenario() == scenario).toList());
  }

  List<Sample> samplesOf(Contender contender) {
    return samples.stream().filter(sample -> sample.contender() == contender).toList();
  }

  /// Over all rounds.
  Optional<Spread> spread(Figure figure, Contender contender) {
    return Spread.of(
        samplesOf(contender).stream().flatMap(sample -> value(figure, sample).stream()).toList());
  }

  /// Beacon's figure in terms of another's.
  Optional<Spread> ratio(Figure figure, Contender other) {
    return Spread.of(ratios(figure, other));
  }

  /// Round by round: those of a round were measured one soon after the other, so that what the
  /// machine does over time weighs on both. A round has none if one of the two is not above 0, as
  /// what noise leaves of a small addition may be.
  List<Double> ratios(Figure figure, Contender other) {
    List<Double> ratios = new ArrayList<>();
    for (Sample beacon : samplesOf(Contender.BEACON)) {
      double dividend = value(figure, beacon).orElse(0.0);
      double divisor =
          sample(other, beacon.round()).flatMap(sample -> value(figure, sample)).orElse(0.0);
      if (dividend > 0 && divisor > 0) {
        ratios.add(dividend / divisor);
      }
    }
    return ratios;
  }

  private Optional<Double> value(Figure figure, Sample sample) {
    return figure.of(sample, sample(Contender.DIRECT, sample.round()));
  }

  private Optional<Sample> sample(Contender contender, int round) {
    return samplesOf(contender).stream().filter(sample -> sample.round() == round).findAny();
  }
}
