package org.beaconrelay.perf.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All that was measured, by quantity, and what cannot be used.
///
/// @param leftOut results that say nothing for this plan
record Evidence(List<Result> results, List<Sample> samples, List<LeftOut> leftOut) {
  /// A result that is not used.
  record LeftOut(String name, String reason) {}

  /// Within this factor of the nearest one a measurement counts as a repetition of it.
  private static final double REPETITION = 1.25;

  /// @param tls whether links are to be inside outer TLS
  static Evidence of(List<Result> results, List<String> incomplete, boolean tls) {
    List<Sample> samples = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    for (String name : incomplete) {
      leftOut.add(
          new LeftOut(name, "INCOMPLETE: not all was done that was to be done; run it again"));
    }
    for (Result result : results) {
      String fault = take(result, tls, samples);
      if (!fault.isEmpty()) {
        leftOut.add(new LeftOut(result.name(), fault));
      }
    }
    return new Evidence(results, List.copyOf(samples), List.copyOf(leftOut));
  }

  /// @return what is wrong with it, or nothing
  private static String take(Result result, boolean tls, List<Sample> samples) {
    Result.Run relay = result.relay();
    if (relay == null) {
      return "no relay took part in it";
    }
    Quantity quantity = quantityOf(result, relay.ramp());
    if (quantity == null) {
      return "a plan has no use for load=" + result.load();
    }
    if (quantity.dependsOnTls() && result.tls() != tls) {
      return "taken with tls %s: the plan is for tls %s".formatted(onOff(result.tls()), onOff(tls));
    }
    Result.Ramp ramp = relay.ramp();
    if (ramp != null) {
      if (ramp.steps().size() < 2 || ramp.mostLinks() == 0) {
        return "a ramp of less than two steps has no slope";
      }
      samples.add(Sample.ofRamp(result, quantity, ramp));
      return "";
    }
    if (relay.cpuNs().isEmpty()) {
      return "the relay's process was not seen: run beacon load on the relay's host";
    }
    if (relay.done() <= 0 || relay.elapsedNs() <= 0) {
      return "nothing was done in it";
    }
    samples.add(Sample.ofRate(result, quantity, relay));
    return "";
  }

  private static String onOff(boolean on) {
    return on ? "on" : "off";
  }

  private static @Nullable Quantity quantityOf(Result result, Result.@Nullable Ramp ramp) {
    return switch (result.load()) {
      case "pairing", "churn" -> Quantity.PAIRINGS;
      case "messages" -> Quantity.MESSAGES;
      case "bulk" -> Quantity.GBITS;
      case "ramp" ->
          ramp == null ? null : ramp.kind().equals("pairs") ? Quantity.PAIRS : Quantity.WAITING;
      default -> null;
    };
  }

  /// What the measurements nearest to a load say. Loads of two kinds that measure the same are each
  /// asked for the nearest, and the dearer one counts.
  ///
  /// @return empty if there is none
  Optional<Estimate> estimate(Quantity quantity, Wanted load) {
    return samples.stream()
        .filter(sample -> sample.quantity() == quantity)
        .collect(
            Collectors.groupingBy(
                sample -> sample.result().load(), TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(all -> nearest(quantity, all, load))
        .max(Comparator.comparingDouble(estimate -> estimate.dearest().each()));
  }

  private static Estimate nearest(Quantity quantity, List<Sample> all, Wanted load) {
    Sample nearest =
        all.stream()
            .min(Comparator.comparingDouble(sample -> distance(sample, load)))
            .orElseThrow();
    List<Sample> group = all.stream().filter(sample -> isRepetition(sample, nearest)).toList();
    return new Estimate(quantity, load.of(quantity), load.pairs(), load.messageBytes(), group);
  }

  /// Factors between what was measured and what is wanted, as logarithms.
  private static double distance(Sample sample, Wanted load) {
    return distance(sample.extent(), load.of(sample.quantity()))
        + distance(sample.messageBytes(), load.messageBytes())
        + distance(sample.pairs(), load.pairs());
  }

  private static double distance(double measured, double wanted) {
    return measured == 0 ? 0 : Math.abs(Math.log(measured / wanted));
  }

  private static boolean isRepetition(Sample sample, Sample of) {
    double ratio = sample.extent() / of.extent();
    return Math.max(ratio, 1 / ratio) <= REPETITION
        && sample.messageBytes() == of.messageBytes()
        && sample.pairs() == of.pairs();
  }
}
