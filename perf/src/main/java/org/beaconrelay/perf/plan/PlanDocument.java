package org.beaconrelay.perf.plan;

import java.util.List;
import org.beaconrelay.perf.page.Document;

/// A [Plan] for people.
final class PlanDocument {
  private PlanDocument() {}

  static Document of(Plan plan) {
    return new Document(
        "Beacon Relay: capacity plan",
        "What the wanted load takes, by what beacon load has measured on the node.",
        List.of(
            AnswerSection.of(plan),
            LimitsSection.of(plan),
            ReplicaSection.of(plan),
            SettingsSection.of(plan),
            SurenessSection.of(plan),
            ModelSection.of(plan),
            MemorySection.of(plan),
            LatencySection.of(plan),
            MeasurementsSection.of(plan)));
  }
}
