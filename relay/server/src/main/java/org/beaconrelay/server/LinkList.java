package org.beaconrelay.server;

import org.jspecify.annotations.Nullable;

/// The open links of a shard, threaded through the links themselves.
///
/// **Thread:** shard-confined.
final class LinkList {
  private @Nullable Link first;

  void add(Link link) {
    link.previous = null;
    link.next = first;
    if (first != null) {
      first.previous = link;
    }
    first = link;
  }

  void remove(Link link) {
    if (link.previous == null) {
      first = link.next;
    } else {
      link.previous.next = link.next;
    }
    if (link.next != null) {
      link.next.previous = link.previous;
    }
    link.previous = null;
    link.next = null;
  }

  /// Any of them, or null if there are none.
  @Nullable Link first() {
    return first;
  }
}
