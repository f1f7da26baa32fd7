package org.beaconrelay.server.admission;

import org.jspecify.annotations.Nullable;

/// What one link takes up of the limits that its relay has for all, from accept to close.
///
/// **Thread:** guarded by its [Admission].
public final class Stay {
  @Nullable SourceAccount account;
  boolean pending;
}
