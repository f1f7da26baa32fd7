package org.beaconrelay.server.rendezvous;

/// Whose place a [WaitingLink] is.
public interface Waiter {
  /// Asked at the moment of pairing.
  Liveness liveness();
}
