package org.beaconrelay.endpoint;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The exchanges of an endpoint that are under way.
///
/// **Thread:** any.
final class Exchanges {
  private final Set<Exchange> open = new HashSet<>();
  private boolean closed;

  /// Runs one to its end.
  ///
  /// @return why it broke, or null
  @Nullable IOException run(Exchange exchange) {
    synchronized (this) {
      if (closed) {
        exchange.reset();
      }
      open.add(exchange);
    }
    try {
      exchange.run();
      return null;
    } catch (IOException e) {
      return e;
    } finally {
      synchronized (this) {
        open.remove(exchange);
        notifyAll();
      }
    }
  }

  synchronized int count() {
    return open.size();
  }

  /// Waits until none is under way, at most so long.
  synchronized void awaitNone(Duration atMost) throws InterruptedException {
    long dueNs = System.nanoTime() + atMost.toNanos();
    long leftNs = atMost.toNanos();
    while (!open.isEmpty() && leftNs > 0) {
      wait(leftNs / 1_000_000 + 1);
      leftNs = dueNs - System.nanoTime();
    }
  }

  /// Resets those under way, and those to come.
  void close() {
    List<Exchange> rest;
    synchronized (this) {
      closed = true;
      rest = new ArrayList<>(open);
    }
    rest.forEach(Exchange::reset);
  }
}
