package org.beaconrelay.server.transport;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/// Threads named `beacon-crypto-0` and so on for what takes a processor long: signatures and key
/// exchanges. What waits for them is bounded by the links that there may be: each has one thing to
/// compute at a time.
public final class CryptoThreads {
  private CryptoThreads() {}

  /// Starts `count` of them, when they are first needed.
  public static ExecutorService start(int count) {
    AtomicInteger number = new AtomicInteger();
    ThreadFactory threads =
        task -> {
          Thread thread = new Thread(task, "beacon-crypto-" + number.getAndIncrement());
          thread.setDaemon(true);
          return thread;
        };
    return Executors.newFixedThreadPool(count, threads);
  }
}
