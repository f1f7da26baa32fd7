package org.beaconrelay.server.fuzz;

import java.util.List;
import org.beaconrelay.server.rendezvous.DeadlineFuzz;
import org.beaconrelay.server.rendezvous.RendezvousFuzz;
import org.beaconrelay.server.splice.FlowFuzz;
import org.beaconrelay.server.transport.AnnounceFuzz;
import org.beaconrelay.server.transport.OuterTlsFuzz;
import org.beaconrelay.server.transport.ProofFuzz;
import org.beaconrelay.server.transport.ProxyHeaderFuzz;
import org.beaconrelay.server.transport.TlsRecordsFuzz;

/// What is fuzzed: a class with a method `fuzzerTestOneInput(byte[])` that throws if it finds
/// something wrong.
enum FuzzTarget {
  ANNOUNCE(AnnounceFuzz.class, 80, ""),
  PROXY_HEADER(ProxyHeaderFuzz.class, 2_200, ""),
  PROOF(ProofFuzz.class, 17_000, ":sun.security.util.Der**:sun.security.x509.**"),
  TLS_RECORDS(TlsRecordsFuzz.class, 18_000, ""),
  OUTER_TLS(OuterTlsFuzz.class, 200, ""),
  RENDEZVOUS(RendezvousFuzz.class, 1_000, ""),
  DEADLINE(DeadlineFuzz.class, 1_000, ""),
  FLOW(FlowFuzz.class, 1_000, ""),
  PLANTED(PlantedFuzz.class, 16, "");

  final Class<?> code;
  final int maxBytes;
  final String instrumented;

  /// @param maxBytes of an input
  /// @param alsoInstrumented what is to guide it beside the project's own code, as Jazzer's globs
  FuzzTarget(Class<?> code, int maxBytes, String alsoInstrumented) {
    this.code = code;
    this.maxBytes = maxBytes;
    this.instrumented = "org.beaconrelay.**" + alsoInstrumented;
  }

  /// Inputs to begin with: most of them what an honest endpoint would send.
  List<byte[]> seeds() throws Exception {
    return switch (this) {
      case ANNOUNCE -> AnnounceFuzz.seeds();
      case PROXY_HEADER -> ProxyHeaderFuzz.seeds();
      case PROOF -> ProofFuzz.seeds();
      case TLS_RECORDS -> TlsRecordsFuzz.seeds();
      case OUTER_TLS -> OuterTlsFuzz.seeds();
      case RENDEZVOUS -> RendezvousFuzz.seeds();
      case DEADLINE -> DeadlineFuzz.seeds();
      case FLOW -> FlowFuzz.seeds();
      case PLANTED -> PlantedFuzz.seeds();
    };
  }
}
