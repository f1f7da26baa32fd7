package org.beaconrelay.server;

import org.jspecify.annotations.Nullable;

/// A way along a [LinkList] that may take several turns of the event loop: links may go meanwhile,
/// also the one that would be next. Those that come are not met any more.
///
/// **Thread:** shard-confined.
final class LinkWalk {
  @Nullable Link next;

  /// The next one, or null at the end.
  @Nullable Link advance() {
    Link met = next;
    if (met != null) {
      next = met.next;
    }
    return met;
  }
}
