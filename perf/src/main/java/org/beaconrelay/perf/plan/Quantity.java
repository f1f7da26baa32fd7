package org.beaconrelay.perf.plan;

import java.util.List;
import org.beaconrelay.perf.page.Figures;

/// What is wanted of a relay, and is measured by a load of its own.
enum Quantity {
  PAIRINGS("pairings a second", true, "pairing.properties"),
  MESSAGES("messages a second", true, "messages.properties"),
  GBITS("Gbit/s", true, "bulk.properties"),
  WAITING("waiting links", false, "ramp-waiting.properties"),
  PAIRS("pairs", false, "ramp-pairs.properties");

  /// Those that take CPU time.
  static final List<Quantity> RATES = List.of(PAIRINGS, MESSAGES, GBITS);

  /// Those that take pipes.
  static final List<Quantity> PIPED = List.of(MESSAGES, GBITS);

  /// Those that take memory.
  static final List<Quantity> HOLDINGS = List.of(WAITING, PAIRS);

  private final String unit;
  private final boolean isRate;
  private final String scenario;

  Quantity(String unit, boolean isRate, String scenario) {
    this.unit = unit;
    this.isRate = isRate;
    this.scenario = scenario;
  }

  String unit() {
    return unit;
  }

  /// Whether it takes CPU time.
  boolean isRate() {
    return isRate;
  }

  /// How it is measured: a command.
  String command(boolean tls) {
    return "beacon load perf/scenarios/%s --relay HOST:PORT%s"
        .formatted(scenario, tls && dependsOnTls() ? " --set tls=on" : "");
  }

  /// Outer TLS ends when a pair is made: what comes later costs the same with it and without.
  boolean dependsOnTls() {
    return this == PAIRINGS || this == WAITING;
  }

  /// @param each seconds of CPU, or bytes of memory
  String formatEach(double each) {
    if (!isRate) {
      return Figures.bytes(each) + " each";
    }
    return this == GBITS
        ? Figures.decimal(each) + " cores for each Gbit/s"
        : Figures.decimal(each * 1e6) + " us of CPU each";
  }
}
