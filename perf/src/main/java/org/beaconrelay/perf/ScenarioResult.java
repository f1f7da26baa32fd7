package org.beaconrelay.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// All measurements of one scenario.
record ScenarioResult(Scenario scenario, List<Sample> samples) {
  /// @param samples of any scenario
  static ScenarioResult of(Scenario scenario, List<Sample> samples) {
    return new ScenarioResult(
        scenario, samples.stream().filter(sample -> sample.scenario() == scenario).toList());
  }

  Optional<Spread> cost(Contender contender) {
    return spread(contender, Sample::cost);
  }

  Optional<Spread> throughput(Contender contender) {
    return spread(contender, Sample::throughput);
  }

  private Optional<Spread> spread(Contender contender, ToDoubleFunction<Sample> figure) {
    return Spread.of(
        samples.stream()
            .filter(sample -> sample.contender() == contender)
            .map(figure::applyAsDouble)
            .toList());
  }

  /// The cost of Beacon in terms of HAProxy's, round by round: the two of a round were measured one
  /// right after the other, so that what the machine does over time weighs on both.
  Optional<Spread> costRatio() {
    List<Double> ratios = new ArrayList<>();
    for (Sample beacon : samples) {
      for (Sample haproxy : samples) {
        if (beacon.contender() == Contender.BEACON
            && haproxy.contender() == Contender.HAPROXY
            && beacon.round() == haproxy.round()) {
          ratios.add(beacon.cost() / haproxy.cost());
        }
      }
    }
    return Spread.of(ratios);
  }
}
