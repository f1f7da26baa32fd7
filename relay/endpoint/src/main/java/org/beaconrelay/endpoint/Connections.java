package org.beaconrelay.endpoint;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The connections of an endpoint, from when they begin until they have ended. Each is a virtual
/// thread, which first finds the two sides and then lets them exchange bytes.
///
/// **Thread:** any.
final class Connections {
  private final Set<Thread> open = new HashSet<>();
  private final Map<Thread, Exchange> exchanges = new HashMap<>();
  private boolean closed;

  /// Begins a connection.
  ///
  /// @param connection is interrupted when all end while it still looks for its sides
  /// @return whether it has begun: none does after [#close]
  synchronized boolean begin(String name, Runnable connection) {
    if (closed) {
      return false;
    }
    Thread thread =
        Thread.ofVirtual()
            .name(name)
            .unstarted(
                () -> {
                  try {
                    connection.run();
                  } finally {
                    end();
                  }
                });
    open.add(thread);
    thread.start();
    return true;
  }

  private synchronized void end() {
    exchanges.remove(Thread.currentThread());
    open.remove(Thread.currentThread());
    notifyAll();
  }

  /// Lets the two sides of the calling connection exchange bytes until they have ended.
  ///
  /// @return why that broke off, or null
  @Nullable IOException run(Exchange exchange) {
    synchronized (this) {
      if (closed) {
        exchange.reset();
      }
      exchanges.put(Thread.currentThread(), exchange);
    }
    try {
      exchange.run();
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  synchronized int count() {
    return open.size();
  }

  /// Waits until none is open, at most so long; [Duration#ZERO] is without a limit.
  synchronized void awaitNone(Duration atMost) throws InterruptedException {
    if (atMost.isZero()) {
      while (!open.isEmpty()) {
        wait();
      }
      return;
    }
    long dueNs = System.nanoTime() + atMost.toNanos();
    long leftNs = atMost.toNanos();
    while (!open.isEmpty() && leftNs > 0) {
      wait(leftNs / 1_000_000 + 1);
      leftNs = dueNs - System.nanoTime();
    }
  }

  /// Ends those that are open, and refuses those to come. Idempotent.
  synchronized void close() {
    closed = true;
    for (Thread connection : open) {
      Exchange exchange = exchanges.get(connection);
      if (exchange == null) {
        connection.interrupt();
      } else {
        exchange.reset();
      }
    }
  }
}
