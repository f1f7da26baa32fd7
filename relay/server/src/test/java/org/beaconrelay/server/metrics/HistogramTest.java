package org.beaconrelay.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HistogramTest {
  private final Histogram histogram = new Histogram(new long[] {10, 100, 1000});

  private long[] counts() {
    return IntStream.rangeClosed(0, histogram.buckets()).mapToLong(histogram::count).toArray();
  }

  @Test
  void countsEachInTheFirstBucketThatTakesIt() {
    for (long ns : new long[] {0, 10, 11, 100, 1000, 1001, Long.MAX_VALUE / 2}) {
      histogram.record(ns);
    }
    assertThat(counts()).containsExactly(2, 2, 1, 2);
    assertThat(histogram.count()).isEqualTo(7);
    assertThat(histogram.sumNs()).isEqualTo(10 + 11 + 100 + 1000 + 1001 + Long.MAX_VALUE / 2);
  }

  @Test
  void takesWhatAClockThatWasSetBackSaysForNothing() {
    histogram.record(-5);
    assertThat(counts()).containsExactly(1, 0, 0, 0);
    assertThat(histogram.sumNs()).isZero();
  }

  @Test
  void addsUp() {
    Timings one = new Timings();
    Timings other = new Timings();
    Timings sum = new Timings();
    one.get(Timing.WAIT).record(1_000_000);
    other.get(Timing.WAIT).record(2_000_000);
    other.get(Timing.PAIRING).record(3);
    sum.addAll(one);
    sum.addAll(other);
    assertThat(sum.get(Timing.WAIT).count()).isEqualTo(2);
    assertThat(sum.get(Timing.WAIT).sumNs()).isEqualTo(3_000_000);
    assertThat(sum.get(Timing.PAIRING).count()).isEqualTo(1);
    assertThat(sum.get(Timing.HANDSHAKE).count()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void hasBoundsThatRise(Timing timing) {
    Histogram made = timing.newHistogram();
    assertThat(IntStream.range(0, made.buckets()).mapToObj(made::boundNs))
        .isSorted()
        .doesNotHaveDuplicates();
  }
}
