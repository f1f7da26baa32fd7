package org.beaconrelay.server.admission;

import org.jspecify.annotations.Nullable;

/// What one source address has at the relay, by a keyed hash of the address: the address itself is
/// not in here, for this lives a moment longer than the links.
///
/// **Thread:** guarded by its [Admission].
final class SourceAccount {
  final long hash;
  int links;
  int pending;

  /// When its announces, and what it is told of refusals, are as good as never made: see
  /// [TokenBucket].
  long announcesFullNs;

  long tellingsFullNs;

  // Where it stands in the SourceTable.
  @Nullable SourceAccount nextInSlot;

  /// It stands among those that may be forgotten soon.
  boolean queued;

  SourceAccount(long hash, long nowNs) {
    this.hash = hash;
    this.announcesFullNs = nowNs;
    this.tellingsFullNs = nowNs;
  }

  boolean hasLinks() {
    return links > 0 || pending > 0;
  }

  /// Whether there is nothing to be remembered of it.
  boolean isForgettable(long nowNs) {
    return !hasLinks() && announcesFullNs - nowNs <= 0 && tellingsFullNs - nowNs <= 0;
  }
}
