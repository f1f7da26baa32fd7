package org.beaconrelay.app.log;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Counts the records that are lost, and tells of that and of whatever else the log cannot do: at
/// most once a minute.
///
/// **Thread:** any; only telling may block.
final class Troubles {
  private static final long INTERVAL_NS = Duration.ofMinutes(1).toNanos();

  private record Trouble(String what, IOException why) {}

  private final LogListener listener;
  private final LongSupplier clockNs;
  private final AtomicLong dropped = new AtomicLong();
  private volatile @Nullable IOException whyDropped;
  private volatile @Nullable Trouble other;
  private long toldDropped;
  private long toldNs;
  private boolean hasTold;

  Troubles(LogListener listener, LongSupplier clockNs) {
    this.listener = listener;
    this.clockNs = clockNs;
  }

  /// Counts records that are lost.
  ///
  /// @param why null if they came faster than they could be written
  void addDropped(long records, @Nullable IOException why) {
    whyDropped = why;
    dropped.addAndGet(records);
  }

  /// Something else that could not be done.
  void add(String what, IOException why) {
    other = new Trouble(what, why);
  }

  long dropped() {
    return dropped.get();
  }

  /// Tells what there is to tell, unless that was done within the last minute.
  synchronized void tell() {
    if (!hasTold || clockNs.getAsLong() - toldNs >= INTERVAL_NS) {
      tellNow();
    }
  }

  /// Tells what there is to tell, in one line: lost records first.
  synchronized void tellNow() {
    long untold = dropped.get() - toldDropped;
    Trouble trouble = other;
    if (untold == 0 && trouble == null) {
      return;
    }
    toldNs = clockNs.getAsLong();
    hasTold = true;
    if (untold > 0) {
      toldDropped += untold;
      listener.onDropped(untold, whyDropped);
    } else if (trouble != null) {
      other = null;
      listener.onTrouble(trouble.what(), trouble.why());
    }
  }
}
