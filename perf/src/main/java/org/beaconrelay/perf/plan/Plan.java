package org.beaconrelay.perf.plan;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;

/// How many replicas a load takes.
///
/// @param tls whether links are inside outer TLS
/// @param headroom share of each limit that is kept free
/// @param given replicas that there are to be; empty = as many as it takes
record Plan(
    Wanted wanted, boolean tls, double headroom, OptionalInt given, Node node, Evidence evidence) {
  static final int MOST_REPLICAS = 1_000;

  /// What a replica of so many bears.
  Share share(int replicas) {
    return Share.of(this, replicas, Estimate::dearest);
  }

  /// What is wanted, and was not measured: the plan is less than whole.
  List<Quantity> missing() {
    return share(1).missing();
  }

  /// The fewest that bear the load; empty if no number does.
  OptionalInt needed() {
    return fewest(Estimate::dearest);
  }

  /// The same if all cost what the cheapest measurements say.
  OptionalInt neededAtBest() {
    return fewest(Estimate::cheapest);
  }

  private OptionalInt fewest(Function<Estimate, Sample> pick) {
    return IntStream.rangeClosed(1, MOST_REPLICAS)
        .filter(replicas -> Share.of(this, replicas, pick).fits())
        .findFirst();
  }

  /// Those that there are to be: as given, or one more than needed, since one may fail.
  int deployed() {
    OptionalInt needed = needed();
    return given.orElse(needed.isPresent() ? needed.getAsInt() + 1 : 1);
  }

  /// Those that are left to bear the load when one has failed.
  int bearing() {
    return Math.max(1, deployed() - 1);
  }

  /// Whether what was asked for can be had, as far as is known.
  boolean isEnough() {
    return share(deployed()).fits();
  }

  /// What the settings are made for: the load of a replica when one has failed.
  Share planned() {
    return share(bearing());
  }
}
