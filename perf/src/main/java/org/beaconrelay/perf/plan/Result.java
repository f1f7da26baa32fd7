package org.beaconrelay.perf.plan;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// What a run of `beacon load` has measured: its `result.json`.
///
/// @param name of the folder it is in
/// @param load which kind: pairing, churn, messages, bulk or ramp
/// @param tls whether the links were inside outer TLS
/// @param scenario its settings, by name
/// @param facts about the machine, for people
/// @param runs by what they were against: `relay`, and `direct` where there was no relay between
record Result(
    String name,
    String load,
    boolean tls,
    Map<String, String> scenario,
    Map<String, String> facts,
    Map<String, Run> runs) {

  /// The run against a relay, or null.
  @Nullable Run relay() {
    return runs.get("relay");
  }

  /// @param done things in the measured time; bytes where the load is bulk
  /// @param timesUs by percentile, in order; empty where nothing was timed
  /// @param lateUs how late the generator was, 99 of 100 times at most
  /// @param cpuNs what the relay's process had of the processors; empty if it was not seen
  /// @param pipes most of them that the relay had at once
  /// @param ramp null unless the load is a ramp
  record Run(
      double done,
      double elapsedNs,
      Map<String, Double> timesUs,
      OptionalDouble lateUs,
      OptionalDouble cpuNs,
      double pipes,
      @Nullable Ramp ramp) {
    /// Processors that the relay kept busy.
    double busyCores() {
      return cpuNs.orElse(0) / elapsedNs;
    }
  }

  /// Memory over links.
  ///
  /// @param kind what there are more and more of: `waiting` links, or `pairs`
  /// @param rssBytesEach of the process, for one of them
  /// @param kernelBytesEach outside of the process, for one of them
  /// @param baseRssBytes of the process where there is none of them
  record Ramp(
      String kind,
      List<Step> steps,
      double rssBytesEach,
      double kernelBytesEach,
      double descriptorsEach,
      double baseRssBytes) {
    double mostLinks() {
      return steps.stream().mapToDouble(Step::links).max().orElse(0);
    }

    double bytesEach() {
      return Math.max(0, rssBytesEach) + Math.max(0, kernelBytesEach);
    }

    /// Of the process, by the line.
    double rssBytes(double links) {
      return baseRssBytes + rssBytesEach * links;
    }

    /// Outside of the process, by the line: that with the same slope through the middle of the
    /// steps.
    double kernelBytes(double links) {
      double base =
          steps.stream()
              .mapToDouble(step -> step.kernelBytes() - kernelBytesEach * step.links())
              .average()
              .orElse(0);
      return base + kernelBytesEach * links;
    }

    /// The greatest distance of a step from the line, as a share of the line's whole rise.
    double misfit() {
      double worst =
          steps.stream()
              .mapToDouble(
                  step ->
                      step.rssBytes()
                          + step.kernelBytes()
                          - rssBytes(step.links())
                          - kernelBytes(step.links()))
              .map(Math::abs)
              .max()
              .orElse(0);
      return worst == 0 ? 0 : worst / (bytesEach() * mostLinks());
    }
  }

  /// @param links waiting links, or pairs
  record Step(double links, double rssBytes, double kernelBytes) {}
}
