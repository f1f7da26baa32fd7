package org.beaconrelay.app.admin;

import java.util.ArrayList;
import java.util.List;

/// Whether the relay lives, and whether it takes links: what an orchestrator asks.
///
/// **Thread:** any.
final class Probes {
  private final SelfAudit audit;
  private volatile boolean draining;

  Probes(SelfAudit audit) {
    this.audit = audit;
  }

  /// From now on it takes no links any more.
  void drain() {
    draining = true;
  }

  /// `/livez`: whether it should be left alone rather than be started anew.
  Response live() {
    return answer(
        audit.isStuck() ? List.of("stuck: an event loop does not answer any more") : List.of());
  }

  /// `/readyz`: whether links should be sent to it.
  Response ready() {
    return answer(reasonsAgainst());
  }

  /// Why no links should be sent to it, one line each; none if they should.
  List<String> reasonsAgainst() {
    List<String> reasons = new ArrayList<>();
    if (draining) {
      reasons.add("draining: the relay was told to stop, and takes no links any more");
    }
    if (audit.isStuck()) {
      reasons.add("stuck: an event loop does not answer any more");
    }
    if (!audit.holds()) {
      reasons.add("self-audit failed, a defect: " + String.join("; ", audit.faults()));
    }
    return reasons;
  }

  private static Response answer(List<String> reasons) {
    return reasons.isEmpty()
        ? Response.text(200, "ok")
        : Response.text(503, String.join("\n", reasons));
  }
}
