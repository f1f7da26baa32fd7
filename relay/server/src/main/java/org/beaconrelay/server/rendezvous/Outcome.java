package org.beaconrelay.server.rendezvous;

import org.beaconrelay.protocol.RejectReason;
import org.jspecify.annotations.Nullable;

/// What becomes of a link that has announced.
public sealed interface Outcome {
  /// It waits.
  ///
  /// @param displaced the link that had to go for it, no longer waiting, or null
  record Waiting(@Nullable WaitingLink displaced) implements Outcome {}

  /// It has a counterpart, which no longer waits.
  record Paired(WaitingLink counterpart) implements Outcome {}

  /// It is turned away.
  record Rejected(RejectReason reason) implements Outcome {}
}
