package org.beaconrelay.perf.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.beaconrelay.perf.Json;

/// A [Plan] for programs. What is infinite or not known is null.
final class PlanJson {
  private static final int FORMAT = 1;

  private PlanJson() {}

  static String of(Plan plan) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format", FORMAT);
    root.put("whole", plan.missing().isEmpty());
    root.put("wanted", load(plan.wanted()));
    root.put("tls", plan.tls() ? "on" : "off");
    root.put("headroom", plan.headroom());
    root.put("node", node(plan.node()));
    root.put("replicas", replicas(plan));
    root.put("all_are_there", share(plan.share(plan.deployed())));
    root.put("one_has_failed", share(plan.planned()));
    root.put(
        "estimates", plan.planned().estimates().values().stream().map(PlanJson::estimate).toList());
    root.put("not_measured", plan.missing().stream().map(Quantity::unit).toList());
    root.put("settings", Settings.of(plan).stream().map(PlanJson::setting).toList());
    root.put("notices", Notices.of(plan));
    root.put("left_out", plan.evidence().leftOut().stream().map(PlanJson::leftOut).toList());
    return Json.write(root) + "\n";
  }

  private static Map<String, Object> load(Wanted wanted) {
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("pairs", wanted.pairs());
    load.put("waiting", wanted.waiting());
    load.put("pairings_per_s", wanted.pairingsPerSecond());
    load.put("gbit_per_s", wanted.gbitPerSecond());
    load.put("messages_per_s", wanted.messagesPerSecond());
    load.put("message_bytes", wanted.messageBytes());
    return load;
  }

  private static Map<String, Object> node(Node node) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("cores", node.cores());
    object.put("memory_bytes", node.memoryBytes());
    object.put("descriptors", node.openFiles());
    object.put("descriptors_fixed", node.openFilesFixed());
    object.put("pipe_user_pages_soft", node.pipeUserPagesSoft());
    return object;
  }

  private static Map<String, Object> replicas(Plan plan) {
    Map<String, Object> replicas = new LinkedHashMap<>();
    replicas.put("needed", plan.needed().isPresent() ? plan.needed().getAsInt() : Json.NULL);
    replicas.put(
        "needed_at_best",
        plan.neededAtBest().isPresent() ? plan.neededAtBest().getAsInt() : Json.NULL);
    replicas.put("given", plan.given().isPresent() ? plan.given().getAsInt() : Json.NULL);
    replicas.put("deployed", plan.deployed());
    replicas.put("enough", plan.isEnough());
    replicas.put("one_may_fail", plan.deployed() > 1 && plan.planned().fits());
    return replicas;
  }

  private static Map<String, Object> share(Share share) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("replicas", share.replicas());
    object.put("load", load(share.load()));
    object.put("cores", share.cores());
    object.put("busiest_loop", share.busiestLoop());
    object.put("limits", share.limits().stream().map(PlanJson::limit).toList());
    return object;
  }

  private static Map<String, Object> limit(Limit limit) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", limit.kind().label());
    object.put("capacity", limit.capacity());
    object.put("without_load", limit.none());
    object.put("wanted", limit.wanted());
    object.put("use", limit.use(1));
    object.put("reached_at", finite(limit.multipleAt(1)));
    object.put("by_the_node", limit.isFixed());
    return object;
  }

  private static Map<String, Object> estimate(Estimate estimate) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("quantity", estimate.quantity().unit());
    object.put(
        estimate.quantity().isRate() ? "cpu_s_each" : "bytes_each", estimate.dearest().each());
    object.put("cheapest_each", estimate.cheapest().each());
    object.put("wanted", estimate.wanted());
    object.put("measured", estimate.extent());
    object.put("factor", estimate.factor());
    object.put("spread", finite(estimate.spread()));
    object.put("sureness", estimate.sureness().cell().text());
    object.put("results", names(estimate));
    return object;
  }

  private static List<String> names(Estimate estimate) {
    return estimate.samples().stream().map(sample -> sample.result().name()).toList();
  }

  private static Map<String, Object> setting(Setting setting) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", setting.name());
    object.put("value", setting.value());
    object.put("now", setting.now());
    object.put("reason", setting.reason());
    return object;
  }

  private static Map<String, Object> leftOut(Evidence.LeftOut result) {
    return Map.of(result.name(), result.reason());
  }

  private static Object finite(double value) {
    return Double.isFinite(value) ? value : Json.NULL;
  }
}
