package org.beaconrelay.perf;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The same figures as in the [Report], and the measurements they come from, for programs.
final class JsonReport {
  private JsonReport() {}

  static String of(Report report) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("complete", report.complete());
    root.put("facts", report.facts().byName());
    root.put("scenarios", report.results().stream().map(JsonReport::scenario).toList());
    return Json.write(root) + "\n";
  }

  private static Map<String, Object> scenario(ScenarioResult result) {
    Figure figure = result.scenario().figure();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", result.scenario().label());
    object.put("cost_unit", figure.costUnit());
    object.put("throughput_unit", figure.throughputUnit());
    for (Contender contender : Contender.values()) {
      Map<String, Object> figures = new LinkedHashMap<>();
      result.cost(contender).ifPresent(spread -> figures.put("cost", spread(spread)));
      result.throughput(contender).ifPresent(spread -> figures.put("throughput", spread(spread)));
      object.put(contender.label(), figures);
    }
    result.costRatio().ifPresent(spread -> object.put("cost_ratio", spread(spread)));
    List<Map<String, Object>> samples = result.samples().stream().map(JsonReport::sample).toList();
    object.put("samples", samples);
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
    object.put("relay_run_ns", sample.cpu().runNs());
    object.put("relay_longest_wait_ns", sample.cpu().longestWaitNs());
    object.put("relay_ended_threads", sample.cpu().endedTasks());
    object.put("elapsed_ns", sample.elapsedNs());
    object.put("delivered", sample.delivered());
    object.put("cost", sample.cost());
    object.put("throughput", sample.throughput());
    return object;
  }
}
