package org.beaconrelay.perf.load;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;

/// A load on one thread, which looks after all links by a selector.
///
/// **Owns:** the selector, and the thread.
abstract class LoopRun extends LoadRun {
  private final Selector selector;
  private final Thread thread;

  /// @param threadName of its thread
  LoopRun(Unit unit, Window window, String threadName) throws IOException {
    super(unit, window);
    this.selector = Selector.open();
    this.thread = Thread.ofPlatform().name(threadName).unstarted(this::run);
  }

  /// Begins, once.
  final void begin() {
    thread.start();
  }

  final Selector selector() {
    return selector;
  }

  /// Does all that there is to do, on the thread of the run.
  abstract void run();

  @Override
  final boolean await(long timeoutNs) throws InterruptedException {
    return thread.join(Duration.ofNanos(timeoutNs));
  }

  @Override
  public final void close() throws IOException {
    stop();
    try {
      thread.join();
      selector.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
