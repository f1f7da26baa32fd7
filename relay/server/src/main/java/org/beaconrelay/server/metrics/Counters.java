package org.beaconrelay.server.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Monotonic counters, one for each constant of an enum.
///
/// **Thread:** written by one thread, the owner's, with release stores and no read-modify-write
/// cycle; read by any, wait-free. A reader sees each counter at some recent moment, not all of them
/// at the same.
public final class Counters<E extends Enum<E>> {
  private static final VarHandle VALUE = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] values;

  /// All counters of `type`, at 0.
  public Counters(Class<E> type) {
    values = new long[type.getEnumConstants().length];
  }

  /// Adds `amount`, not negative. Owner only.
  public void add(E counter, long amount) {
    VALUE.setRelease(values, counter.ordinal(), values[counter.ordinal()] + amount);
  }

  /// Adds 1. Owner only.
  public void increment(E counter) {
    add(counter, 1);
  }

  /// All of them together, as of late. Any thread.
  public long sum() {
    long sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += (long) VALUE.getAcquire(values, i);
    }
    return sum;
  }

  /// The value as of late. Any thread.
  public long get(E counter) {
    return (long) VALUE.getAcquire(values, counter.ordinal());
  }
}
