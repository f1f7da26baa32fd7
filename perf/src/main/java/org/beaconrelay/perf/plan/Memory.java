package org.beaconrelay.perf.plan;

import java.util.List;
import org.beaconrelay.server.HeapNeeds;

/// What the links of a replica take of its memory.
record Memory(Share share) {
  private static final double MIB = 1 << 20;

  /// Of native-config/jvm.options.
  static final int HEAP_MIB = 192;

  private static final int HEAP_STEP_MIB = 16;

  /// Links that a relay would take with such a heap.
  static int linksIn(long heapMib, boolean tls) {
    return HeapNeeds.of(tls, false).maxLinks(heapMib << 20);
  }

  /// Whether anything of it was measured.
  boolean isKnown() {
    return !ramps().isEmpty();
  }

  /// Of the process where there are no links.
  double baseBytes() {
    return ramps().stream().mapToDouble(Result.Ramp::baseRssBytes).max().orElse(0);
  }

  private List<Result.Ramp> ramps() {
    return Quantity.HOLDINGS.stream().flatMap(share::sample).map(Sample::ramp).toList();
  }

  /// Of the process, for links.
  double processBytes(Quantity quantity) {
    return share
        .sample(quantity)
        .mapToDouble(sample -> share.load().of(quantity) * sample.ramp().rssBytesEach())
        .map(bytes -> Math.max(0, bytes))
        .sum();
  }

  /// Outside of the process, for links.
  double kernelBytes(Quantity quantity) {
    return share
        .sample(quantity)
        .mapToDouble(sample -> share.load().of(quantity) * sample.ramp().kernelBytesEach())
        .map(bytes -> Math.max(0, bytes))
        .sum();
  }

  double processBytes() {
    return Quantity.HOLDINGS.stream().mapToDouble(this::processBytes).sum();
  }

  double kernelBytes() {
    return Quantity.HOLDINGS.stream().mapToDouble(this::kernelBytes).sum();
  }

  /// What of it there is without any load: pipes may take all of their budget at any time.
  double noneBytes() {
    return baseBytes() + share.pipeBudgetBytes();
  }

  /// All of it, at the load.
  double bytes() {
    return noneBytes() + processBytes() + kernelBytes();
  }

  /// `-Xmx`, with head-room, as the relay itself reckons with it.
  long heapMib() {
    double needed = HeapNeeds.of(share.tls(), false).heapBytesFor(share.mostLinks()) / MIB;
    return Math.max(HEAP_MIB, HEAP_STEP_MIB * (long) Math.ceil(needed / HEAP_STEP_MIB));
  }

  /// The most that all of it together can come to: with a full heap, full pipes, and the kernel's
  /// part with head-room.
  double mostBytes() {
    return noneBytes() + heapMib() * MIB + kernelBytes() / (1 - share.headroom());
  }
}
