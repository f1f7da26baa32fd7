package org.beaconrelay.perf.jmh;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What JMH has measured of one benchmark with one set of parameters.
///
/// @param className of its class, without the package
/// @param params by name
/// @param mode as JMH has it: `avgt`, `thrpt`, `sample`, `ss`
/// @param allocation bytes for each operation; null where it was not measured
/// @param facts about the run, for people
record Benchmark(
    String className,
    String method,
    Map<String, String> params,
    String mode,
    Score score,
    @Nullable Score allocation,
    Map<String, String> facts) {

  /// @param error half of the interval of confidence; not a number if unknown
  record Score(double value, double error, String unit) {}

  /// What sets it apart from the others of its class.
  String label() {
    StringBuilder label = new StringBuilder(method);
    params.forEach((name, value) -> label.append(' ').append(name).append('=').append(value));
    return label.toString();
  }
}
