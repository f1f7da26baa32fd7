package org.beaconrelay.server;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The open links of a shard, threaded through the links themselves.
///
/// **Thread:** shard-confined.
final class LinkList {
  private final List<LinkWalk> walks = new ArrayList<>(0);
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
    for (LinkWalk walk : walks) {
      if (walk.next == link) {
        walk.next = link.next;
      }
    }
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

  /// Begins to walk along all of them.
  void begin(LinkWalk walk) {
    walk.next = first;
    walks.add(walk);
  }

  /// Has to follow [#begin].
  void end(LinkWalk walk) {
    walks.remove(walk);
  }

  /// Any of them, or null if there are none.
  @Nullable Link first() {
    return first;
  }
}
