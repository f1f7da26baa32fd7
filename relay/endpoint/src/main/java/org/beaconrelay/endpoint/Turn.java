package org.beaconrelay.endpoint;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// One's turn among those who may do the same at a time.
///
/// **Thread:** any.
final class Turn implements AutoCloseable {
  private final Semaphore turns;
  private final AtomicBoolean over = new AtomicBoolean();

  private Turn(Semaphore turns) {
    this.turns = turns;
  }

  /// Waits for one. One that is free is had even when the time is up.
  ///
  /// @param dueNs when the time is up, as [System#nanoTime] tells it
  /// @throws IOException if none comes in time, or if the thread is interrupted, which stays known
  static Turn take(Semaphore turns, long dueNs) throws IOException {
    try {
      if (!turns.tryAcquire(dueNs - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new IOException("no turn for a handshake came in time: too many callers at once");
      }
      return new Turn(turns);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped");
    }
  }

  /// Gives it up. Idempotent.
  @Override
  public void close() {
    if (over.compareAndSet(false, true)) {
      turns.release();
    }
  }
}
