package org.beaconrelay.perf.compare;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.beaconrelay.perf.Json;

/// The same figures as in the [Report], and the measurements they come from, for programs.
final class JsonReport {
  private JsonReport() {}

  static String of(Report report) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("complete", report.complete());
    root.put("facts", report.facts().byName());
    root.put("contenders", report.contenders().stream().map(Contender::label).toList());
    root.put("notes", Notes.of(report));
    root.put("scenarios", report.results().stream().map(it -> scenario(report, it)).toList());
    return Json.write(root) + "\n";
  }

  private static Map<String, Object> scenario(Report report, ScenarioResult result) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", result.scenario().label());
    for (Figure figure : result.scenario().figures()) {
      object.put(
          figure.label().replace(' ', '_').toLowerCase(Locale.ROOT),
          figure(report, result, figure));
    }
    object.put("samples", result.samples().stream().map(JsonReport::sample).toList());
    return object;
  }

  private static Map<String, Object> figure(Report report, ScenarioResult result, Figure figure) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Contender contender : report.contenders()) {
      result
          .spread(figure, contender)
          .ifPresent(spread -> values.put(contender.label(), spread(spread)));
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("unit", figure.unit(result.scenario().amount()));
    object.put("values", values);
    if (figure.better().isPresent()) {
      Map<String, Object> ratios = new LinkedHashMap<>();
      for (Contender other : report.others()) {
        result.ratio(figure, other).ifPresent(spread -> ratios.put(other.label(), spread(spread)));
      }
      object.put("ratios_beacon_to", ratios);
    }
    return object;
  }

  private static Map<String, Object> spread(Spread spread) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("median", spread.median());
    object.put("min", spread.min());
    object.put("max", spread.max());
    return object;
  }

  private static Map<String, Object> sample(Sample sample) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("contender", sample.contender().label());
    object.put("round", sample.round());
    object.put("elapsed_ns", sample.elapsedNs());
    object.put("delivered", sample.delivered());
    sample
        .relay()
        .ifPresent(
            relay -> {
              object.put("relay_run_ns", relay.cpu().runNs());
              object.put("relay_longest_wait_ns", relay.cpu().longestWaitNs());
              object.put("relay_ended_threads", relay.cpu().endedTasks());
              object.put("relay_resident_bytes", relay.residentBytes());
            });
    sample
        .roundTrips()
        .ifPresent(
            times -> {
              object.put("round_trips", times.count());
              object.put("round_trip_p50_ns", times.p50Ns());
              object.put("round_trip_p99_ns", times.p99Ns());
              object.put("round_trip_max_ns", times.maxNs());
            });
    return object;
  }
}
