package org.beaconrelay.server.admission;

import org.jspecify.annotations.Nullable;

/// What one link takes up of the limits that its relay has for all, from accept to close. A link is
/// one, rather than to have one: that saves an object for each.
///
/// **Thread:** guarded by its [Admission].
public class Stay {
  @Nullable SourceAccount account;
  boolean pending;
}
