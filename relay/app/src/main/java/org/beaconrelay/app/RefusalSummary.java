package org.beaconrelay.app;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.beaconrelay.server.admission.Refusal;
import org.beaconrelay.server.metrics.Counter;

/// Tells how many links were turned away by which limit: the first time soon, then at most once a
/// minute, in one line, whatever comes. Who they were is nobody's business here.
///
/// **Thread:** one of its own, once it is started, and any for [#tellRest].
final class RefusalSummary {
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final long INTERVAL_NS = Duration.ofMinutes(1).toNanos();

  private final ToLongFunction<Counter> counts;
  private final Consumer<String> teller;
  private final LongSupplier clockNs;
  private final Map<Refusal, Long> told = new EnumMap<>(Refusal.class);
  private long toldUntold;
  private long toldNs;
  private long quietUntilNs;

  /// @param counts how often what was so far
  RefusalSummary(ToLongFunction<Counter> counts, Consumer<String> teller, LongSupplier clockNs) {
    this.counts = counts;
    this.teller = teller;
    this.clockNs = clockNs;
    this.quietUntilNs = clockNs.getAsLong();
    this.toldNs = quietUntilNs - INTERVAL_NS;
  }

  /// Looks again and again, until the process ends.
  void start() {
    Thread.ofPlatform().daemon().name("beacon-refusals").start(this::keepLooking);
  }

  private void keepLooking() {
    try {
      while (true) {
        Thread.sleep(LOOK);
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Looks once.
  synchronized void look() {
    long nowNs = clockNs.getAsLong();
    if (untoldCount() == 0) {
      quietUntilNs = nowNs;
    } else if (nowNs - toldNs >= INTERVAL_NS) {
      tell(nowNs);
    }
  }

  /// Tells what is left to be told, because the process ends.
  synchronized void tellRest() {
    if (untoldCount() > 0) {
      tell(clockNs.getAsLong());
    }
  }

  private long untoldCount() {
    long untold = 0;
    for (Refusal refusal : Refusal.values()) {
      untold += newOf(refusal);
    }
    return untold;
  }

  private long newOf(Refusal refusal) {
    return counts.applyAsLong(refusal.counter()) - told.getOrDefault(refusal, 0L);
  }

  private void tell(long nowNs) {
    StringJoiner parts = new StringJoiner(", ");
    for (Refusal refusal : Refusal.values()) {
      long count = newOf(refusal);
      if (count > 0) {
        parts.add("%d by %s".formatted(count, label(refusal)));
        told.merge(refusal, count, Long::sum);
      }
    }
    long untold = counts.applyAsLong(Counter.CLOSED_UNTOLD);
    if (untold > toldUntold) {
      parts.add("%d of them without a word".formatted(untold - toldUntold));
      toldUntold = untold;
    }
    long seconds = Math.max(1, Duration.ofNanos(nowNs - quietUntilNs).toSeconds());
    teller.accept("links turned away within %ds: %s".formatted(seconds, parts));
    toldNs = nowNs;
    quietUntilNs = nowNs;
  }

  /// A refusal is called as the option that is its cause.
  static String label(Refusal refusal) {
    return refusal.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
