package org.beaconrelay.server;

import java.util.function.Consumer;
import org.beaconrelay.server.rendezvous.Deadline;
import org.beaconrelay.server.rendezvous.DeadlineWheel;
import org.beaconrelay.server.transport.Alarm;
import org.beaconrelay.server.transport.EventLoop;

/// A shard's clock, and its deadlines: wakes the event loop when one is due, and else lets it
/// sleep.
///
/// **Thread:** shard-confined.
final class Deadlines {
  /// One for all shards, which share what depends on time.
  private static final long ORIGIN_NS = System.nanoTime();

  private final DeadlineWheel wheel = new DeadlineWheel(clockNs());
  private final Alarm wakeUp;
  private long wakeUpNs = DeadlineWheel.NEVER;

  /// @param onBug is told what an action throws, which it must not
  Deadlines(EventLoop loop, Consumer<Throwable> onBug) {
    this.wakeUp = new Alarm(loop, this::look, onBug);
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
    wakeUpNs = lookNs;
    wakeUp.set(Math.max(1, lookNs - nowNs()));
  }

  private void look() {
    wakeUpNs = DeadlineWheel.NEVER;
    try {
      wheel.expire(nowNs());
    } finally {
      wakeUpBy(wheel.nextLookNs());
    }
  }

  /// Keeps time no more. Nothing may be scheduled behind it. Once.
  void close() {
    wakeUp.close();
  }
}
