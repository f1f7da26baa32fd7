package org.beaconrelay.perf.plan;

import java.util.Comparator;
import java.util.List;

/// What a quantity takes, by the measurements that come nearest to what is wanted of a replica.
///
/// @param pairs that there are, if it goes through pairs
/// @param messageBytes in a message, if it is about messages
/// @param samples at least one
record Estimate(
    Quantity quantity, double wanted, double pairs, int messageBytes, List<Sample> samples) {
  private static final Comparator<Sample> BY_COST = Comparator.comparingDouble(Sample::each);

  /// The one that a plan is made with.
  Sample dearest() {
    return samples.stream().max(BY_COST).orElseThrow();
  }

  Sample cheapest() {
    return samples.stream().min(BY_COST).orElseThrow();
  }

  /// How much was measured.
  double extent() {
    return samples.stream().mapToDouble(Sample::extent).max().orElseThrow();
  }

  /// How many times as much is wanted as was measured, in whatever way it is more.
  double factor() {
    double larger = Math.max(1, factor(messageBytes, samples.getFirst().messageBytes()));
    double amount = wanted / extent() * larger;
    // What each of many pairs has less of costs more, since fewer bytes are moved at once.
    return Math.max(amount, factor(pairs, samples.getFirst().pairs()));
  }

  private static double factor(double wanted, double measured) {
    return measured == 0 ? 0 : wanted / measured;
  }

  /// The dearest by the cheapest, or how far a ramp is from being a line; 1 or more.
  double spread() {
    double most = dearest().each();
    double least = cheapest().each();
    double ratio = most == least ? 1 : most / least;
    return quantity.isRate() ? ratio : Math.max(ratio, 1 + dearest().ramp().misfit());
  }

  Sureness sureness() {
    return Sureness.of(factor(), samples.size(), spread());
  }

  /// Pipes that are in use at what is wanted.
  double pipes() {
    return wanted * samples.stream().mapToDouble(Sample::pipesEach).max().orElseThrow();
  }
}
