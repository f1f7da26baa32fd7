package org.beaconrelay.server;

import java.util.concurrent.atomic.AtomicInteger;

/// How many links are open, against how many may be.
///
/// **Thread:** any; the one thing that shards share, touched once when a link opens and once when
/// it closes.
final class LinkBudget {
  private final int maxLinks;
  private final AtomicInteger open = new AtomicInteger();

  LinkBudget(int maxLinks) {
    this.maxLinks = maxLinks;
  }

  /// Whether one more may be opened, be it only to be told that the relay is full.
  boolean hasRoom() {
    return open.get() < maxLinks + DescriptorPlan.REFUSALS;
  }

  /// Counts a link in.
  ///
  /// @return whether it is within the limit
  boolean open() {
    return open.incrementAndGet() <= maxLinks;
  }

  void close() {
    open.decrementAndGet();
  }

  int openCount() {
    return open.get();
  }
}
