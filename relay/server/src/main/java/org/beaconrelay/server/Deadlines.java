package org.beaconrelay.server;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.beaconrelay.server.rendezvous.Deadline;
import org.beaconrelay.server.rendezvous.DeadlineWheel;
import org.beaconrelay.server.transport.EventLoop;
import org.jspecify.annotations.Nullable;

/// A shard's clock, and its deadlines: wakes the event loop when one is due, and else lets it
/// sleep.
///
/// **Thread:** shard-confined.
final class Deadlines {
  /// One for all shards, which share what depends on time.
  private static final long ORIGIN_NS = System.nanoTime();

  private final EventLoop loop;
  private final Consumer<Throwable> onBug;
  private final DeadlineWheel wheel = new DeadlineWheel(clockNs());
  private @Nullable Future<?> wakeUp;
  private long wakeUpNs = DeadlineWheel.NEVER;

  /// @param onBug is told what an action throws, which it must not
  Deadlines(EventLoop loop, Consumer<Throwable> onBug) {
    this.loop = loop;
    this.onBug = onBug;
  }

  /// The clock of all shards: nanoseconds since some moment of this process.
  static long clockNs() {
    return System.nanoTime() - ORIGIN_NS;
  }

  /// See [#clockNs].
  long nowNs() {
    return clockNs();
  }

  void schedule(Deadline deadline, long delayNs) {
    scheduleAt(deadline, nowNs() + delayNs);
  }

  /// @param dueNs by [#nowNs]
  void scheduleAt(Deadline deadline, long dueNs) {
    wakeUpBy(wheel.schedule(deadline, dueNs));
  }

  void cancel(Deadline deadline) {
    wheel.cancel(deadline);
  }

  private void wakeUpBy(long lookNs) {
    if (lookNs >= wakeUpNs) {
      return;
    }
    if (wakeUp != null) {
      wakeUp.cancel(false);
    }
    wakeUpNs = lookNs;
    wakeUp = loop.schedule(this::look, lookNs - nowNs(), TimeUnit.NANOSECONDS);
  }

  private void look() {
    wakeUp = null;
    wakeUpNs = DeadlineWheel.NEVER;
    try {
      wheel.expire(nowNs());
    } catch (RuntimeException | AssertionError e) {
      onBug.accept(e);
    } finally {
      wakeUpBy(wheel.nextLookNs());
    }
  }
}
