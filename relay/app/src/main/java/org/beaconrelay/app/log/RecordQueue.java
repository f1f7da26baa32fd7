package org.beaconrelay.app.log;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.beaconrelay.server.LinkRecord;
import org.jspecify.annotations.Nullable;

/// Records on their way from the shards to the thread that writes them.
///
/// **Thread:** [#offer] any, lock-free: a shard never waits, neither for the writer nor for another
/// shard. All else is the writer's, the constructor included.
final class RecordQueue {
  private final ConcurrentLinkedQueue<LinkRecord> records = new ConcurrentLinkedQueue<>();
  private final AtomicInteger held = new AtomicInteger();
  private final int capacity;
  private volatile @Nullable Thread parked;

  RecordQueue(int capacity) {
    this.capacity = capacity;
  }

  /// Puts a record behind the others.
  ///
  /// @return false if there is no room
  boolean offer(LinkRecord link) {
    if (held.incrementAndGet() > capacity) {
      held.decrementAndGet();
      return false;
    }
    records.add(link);
    Thread writer = parked;
    if (writer != null) {
      LockSupport.unpark(writer);
    }
    return true;
  }

  /// The first record, which stays; null if there is none.
  @Nullable LinkRecord peek() {
    return records.peek();
  }

  /// Takes the first record. Its room is taken up until it is released.
  void remove() {
    records.remove();
  }

  /// Makes room: so many records have been dealt with.
  void release(int count) {
    held.addAndGet(-count);
  }

  /// Records that were offered and not released yet. Any thread.
  int held() {
    return held.get();
  }

  /// Waits until there is a record, somebody unparks the writer, or the time is over.
  void await(long atMostMs) {
    parked = Thread.currentThread();
    if (records.isEmpty()) {
      LockSupport.parkNanos(this, atMostMs * 1_000_000);
    }
    parked = null;
  }
}
