package org.beaconrelay.app.prove;

import java.util.List;

/// How the two links of a pair reach the relay, and what becomes of their outer TLS (PROTOCOL.md,
/// section 6).
public enum LinkMode {
  PLAIN("plain", "plain TCP"),
  EXACT("tls-exact", "outer TLS that is taken off, by endpoints that read records exactly"),
  INEXACT("tls-not-exact", "outer TLS that is taken off, by endpoints with any TLS library"),
  TUNNEL("tls-tunnel", "outer TLS that is kept on (TUNNEL)");

  private final String label;
  private final String text;

  LinkMode(String label, String text) {
    this.label = label;
    this.text = text;
  }

  /// For programs.
  String label() {
    return label;
  }

  /// For people.
  String text() {
    return text;
  }

  boolean inTls() {
    return this != PLAIN;
  }

  /// What the relay has to be told.
  List<String> relayOptions() {
    return switch (this) {
      case PLAIN -> List.of("--tls", "off");
      case EXACT, INEXACT -> List.of("--tls", "self-signed");
      case TUNNEL -> List.of("--tls", "self-signed", "--tunnel", "on");
    };
  }
}
