package org.beaconrelay.server.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// How often something took how long, in buckets of fixed bounds.
///
/// **Thread:** written by one thread, the owner's; read by any, wait-free. A reader sees each
/// bucket at some recent moment, not all of them at the same.
public final class Histogram {
  private static final VarHandle VALUE = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] boundsNs;

  /// How many there are in each bucket, then those beyond the last bound, then the sum of all in
  /// ns.
  private final long[] values;

  /// @param boundsNs the greatest value that each bucket takes, rising
  Histogram(long[] boundsNs) {
    this.boundsNs = boundsNs;
    this.values = new long[boundsNs.length + 2];
  }

  /// Counts one that took `durationNs`; what is negative counts as 0. Owner only.
  public void record(long durationNs) {
    int bucket = 0;
    while (bucket < boundsNs.length && durationNs > boundsNs[bucket]) {
      bucket++;
    }
    add(bucket, 1);
    add(boundsNs.length + 1, Math.max(0, durationNs));
  }

  /// Adds what another one of the same bounds has counted. Owner only.
  void addAll(Histogram other) {
    for (int i = 0; i < values.length; i++) {
      add(i, other.get(i));
    }
  }

  private void add(int index, long amount) {
    VALUE.setRelease(values, index, values[index] + amount);
  }

  private long get(int index) {
    return (long) VALUE.getAcquire(values, index);
  }

  /// How many buckets there are, without the last one, which has no bound.
  public int buckets() {
    return boundsNs.length;
  }

  /// The greatest value that a bucket takes.
  public long boundNs(int bucket) {
    return boundsNs[bucket];
  }

  /// How many are in a bucket, and in none before; [#buckets] is the one without a bound.
  public long count(int bucket) {
    return get(bucket);
  }

  /// How many there are in all.
  public long count() {
    long count = 0;
    for (int i = 0; i <= boundsNs.length; i++) {
      count += get(i);
    }
    return count;
  }

  /// What all of them took together.
  public long sumNs() {
    return get(boundsNs.length + 1);
  }
}
