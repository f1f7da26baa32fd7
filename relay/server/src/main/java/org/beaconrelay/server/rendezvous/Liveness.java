package org.beaconrelay.server.rendezvous;

/// How sure it is that somebody is still at the other end of a waiting link.
public enum Liveness {
  /// Nothing speaks against it.
  ALIVE,
  /// Probes or retransmissions are unanswered: paired only if no other waits.
  SUSPECT,
  /// Ended or broken: never paired.
  GONE
}
