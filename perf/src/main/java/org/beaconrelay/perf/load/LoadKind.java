package org.beaconrelay.perf.load;

import java.util.List;
import java.util.function.Function;

/// A kind of load.
///
/// @param label what a scenario calls it
/// @param parser makes the load of the scenario's other keys
record LoadKind(String label, Function<ScenarioKeys, Load> parser) {
  static final List<LoadKind> ALL =
      List.of(
          new LoadKind("pairing", Pairing::parse),
          new LoadKind("churn", Churn::parse),
          new LoadKind("messages", Messages::parse),
          new LoadKind("bulk", Bulk::parse),
          new LoadKind("ramp", Ramp::parse),
          new LoadKind("accounting", Accounting::parse));
}
