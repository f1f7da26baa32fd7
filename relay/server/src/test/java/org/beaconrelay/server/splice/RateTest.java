package org.beaconrelay.server.splice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.beaconrelay.server.linux.Loopback;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.server.splice.SpliceRig.RiggedPair;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How fast flows are that may be only so fast, by a clock that only moves when the test says so.
final class RateTest {
  private static final long KIB = 1 << 10;
  private static final int TICKS_PER_SECOND = (int) (1_000_000_000L / Rates.TICK_NS);
  private static final int SECONDS = 5;

  /// Reads and sends in such pieces.
  private static final int CHUNK_BYTES = 1 << 15;

  private @Nullable SpliceRig rig;

  @AfterEach
  void close() {
    if (rig != null) {
      rig.close();
    }
  }

  private SpliceRig limited(long pairBytesPerSecond, long totalBytesPerSecond) {
    TotalRate total = totalBytesPerSecond == 0 ? null : new TotalRate(totalBytesPerSecond, 0);
    rig = SpliceRig.limited(pairBytesPerSecond, total);
    return rig;
  }

  /// An end that sends whatever is taken, and one that reads whatever comes.
  private static void keepBusy(RiggedPair pair) {
    pair.bridgeSendsIfItCan(CHUNK_BYTES);
    readAll(pair.broker);
  }

  private static long readAll(SocketChannel end) {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);
    long bytes = 0;
    try {
      int read = end.read(buffer);
      while (read > 0) {
        bytes += read;
        buffer.clear();
        read = end.read(buffer);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes;
  }

  private static void pass(int ticks, SpliceRig rig, RiggedPair... busy) {
    for (int i = 0; i < ticks; i++) {
      for (int round = 0; round < 4; round++) {
        for (RiggedPair pair : busy) {
          keepBusy(pair);
        }
        rig.work();
      }
      rig.tick();
    }
  }

  private static long delivered(RiggedPair pair) {
    return pair.splice.toBroker().deliveredBytes();
  }

  @ParameterizedTest
  @ValueSource(longs = {KIB, 16 * KIB, 64 * KIB, 1024 * KIB})
  void movesWhatAPairMayAndNoMore(long bytesPerSecond) {
    SpliceRig limited = limited(bytesPerSecond, 0);
    RiggedPair pair = limited.pair().start();
    pass(TICKS_PER_SECOND, limited, pair); // what it has at first, and the rest of it
    long before = delivered(pair);
    assertThat(before).isLessThanOrEqualTo(bytesPerSecond + Math.max(4096, bytesPerSecond / 8) + 1);
    pass(SECONDS * TICKS_PER_SECOND, limited, pair);
    assertThat(delivered(pair) - before)
        .isBetween(SECONDS * bytesPerSecond * 19 / 20, SECONDS * bytesPerSecond * 21 / 20 + 64);
    assertThat(limited.counters.get(Counter.RATE_WAITS)).isPositive();
  }

  @Test
  void limitsEachPairAlone() {
    SpliceRig limited = limited(64 * KIB, 0);
    RiggedPair one = limited.pair().start();
    RiggedPair other = limited.pair().start();
    pass(TICKS_PER_SECOND, limited, one, other);
    assertThat(delivered(one)).isGreaterThan(60 * KIB);
    assertThat(delivered(other)).isGreaterThan(60 * KIB);
  }

  @Test
  void limitsEachWayAlone() throws IOException {
    SpliceRig limited = limited(64 * KIB, 0);
    RiggedPair pair = limited.pair().start();
    pass(1, limited, pair);
    assertThat(limited.someoneWaitsForTick()).isTrue();
    SpliceRig.send(pair.broker, new byte[] {7});
    limited.work();
    assertThat(readAll(pair.bridge)).isOne();
  }

  @Test
  void movesWhatAllPairsMayTogetherAndSharesItOut() {
    SpliceRig limited = limited(0, 256 * KIB);
    RiggedPair first = limited.pair().start();
    RiggedPair second = limited.pair().start();
    pass(TICKS_PER_SECOND, limited, first, second);
    RiggedPair late = limited.pair().start();
    pass(TICKS_PER_SECOND, limited, first, second, late);
    long firstBefore = delivered(first);
    long secondBefore = delivered(second);
    long lateBefore = delivered(late);
    pass(SECONDS * TICKS_PER_SECOND, limited, first, second, late);
    long firstBytes = delivered(first) - firstBefore;
    long secondBytes = delivered(second) - secondBefore;
    long lateBytes = delivered(late) - lateBefore;
    long share = SECONDS * 256 * KIB / 3;
    assertThat(firstBytes + secondBytes + lateBytes)
        .isBetween(3 * share * 19 / 20, 3 * share * 21 / 20);
    for (long bytes : new long[] {firstBytes, secondBytes, lateBytes}) {
      assertThat(bytes).isBetween(share * 4 / 5, share * 6 / 5);
    }
  }

  /// The one that always comes first takes no more.
  @Test
  void sharesWhatAllMayMoveOutBetweenShards() {
    TotalRate total = new TotalRate(1024 * KIB, 0);
    try (SpliceRig one = SpliceRig.limited(0, total);
        SpliceRig other = SpliceRig.limited(0, total)) {
      RiggedPair first = one.pair().start();
      RiggedPair second = other.pair().start();
      passBoth(TICKS_PER_SECOND, one, first, other, second);
      long firstBefore = delivered(first);
      long secondBefore = delivered(second);
      passBoth(SECONDS * TICKS_PER_SECOND, one, first, other, second);
      long share = SECONDS * 1024 * KIB / 2;
      assertThat(delivered(first) - firstBefore).isBetween(share * 4 / 5, share * 6 / 5);
      assertThat(delivered(second) - secondBefore).isBetween(share * 4 / 5, share * 6 / 5);
    }
  }

  private static void passBoth(
      int ticks, SpliceRig one, RiggedPair first, SpliceRig other, RiggedPair second) {
    for (int i = 0; i < ticks; i++) {
      pass(1, one, first);
      pass(1, other, second);
    }
  }

  @Test
  void leavesToOthersWhatOneDoesNotWant() {
    SpliceRig limited = limited(0, 256 * KIB);
    RiggedPair busy = limited.pair().start();
    RiggedPair modest = limited.pair().start();
    pass(TICKS_PER_SECOND, limited, busy);
    long before = delivered(busy);
    for (int i = 0; i < SECONDS * TICKS_PER_SECOND; i++) {
      modest.bridgeSendsIfItCan(500);
      pass(1, limited, busy);
      readAll(modest.broker);
    }
    long modestBytes = 500L * SECONDS * TICKS_PER_SECOND;
    assertThat(delivered(modest)).isBetween(modestBytes - 1500, modestBytes);
    assertThat(delivered(busy) - before)
        .isGreaterThan((SECONDS * 256 * KIB - modestBytes) * 19 / 20);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void losesNothing(long together) {
    SpliceRig limited = together == 0 ? limited(300 * KIB, 0) : limited(0, 300 * KIB);
    RiggedPair pair = limited.pair().start();
    pair.relayAll(2 << 20);
    assertThat(delivered(pair)).isGreaterThanOrEqualTo(2 << 20);
    SpliceRig.sendFin(pair.bridge);
    assertThat(limited.receiveAll(pair.broker)).isEmpty();
    assertThat(limited.pipes.leasedCount()).isZero();
  }

  @Test
  void isNotWokenByWhatArrivesWhileItWaits() throws IOException {
    SpliceRig limited = limited(KIB, 0);
    RiggedPair pair = limited.pair().start();
    SpliceRig.send(pair.bridge, new byte[CHUNK_BYTES]);
    limited.work();
    assertThat(limited.someoneWaitsForTick()).isTrue();
    SpliceRig.send(pair.bridge, new byte[1000]); // reported once, and then not listened to
    limited.work();
    long reportsBefore = limited.reportCount;
    for (int i = 0; i < 10; i++) {
      SpliceRig.send(pair.bridge, new byte[1000]);
      limited.work();
    }
    assertThat(limited.reportCount).isEqualTo(reportsBefore);
  }

  @Test
  void endsAtOnceWithAResetThatComesWhileItWaits() throws IOException {
    SpliceRig limited = limited(KIB, 64 * KIB);
    RiggedPair pair = limited.pair().start();
    pass(1, limited, pair);
    assertThat(limited.someoneWaitsForTick()).isTrue();
    Loopback.reset(pair.bridge);
    limited.work();
    assertThat(pair.endedCount).isOne();
    limited.tick();
    assertThat(pair.endedCount).isOne();
    assertThat(limited.pipes.leasedCount()).isZero();
  }

  @Test
  void holdsNoPipeWhileItWaits() {
    SpliceRig limited = limited(64 * KIB, 64 * KIB);
    RiggedPair pair = limited.pair().start();
    pass(3, limited, pair);
    assertThat(limited.someoneWaitsForTick()).isTrue();
    assertThat(limited.pipes.leasedCount()).isZero();
  }

  @Test
  void asksForNoTickWhereNobodyWaits() {
    SpliceRig limited = limited(1024 * KIB, 1024 * KIB);
    RiggedPair pair = limited.pair().start();
    pair.bridgeSendsIfItCan(1000);
    limited.work();
    assertThat(readAll(pair.broker)).isEqualTo(1000);
    assertThat(limited.someoneWaitsForTick()).isFalse();
    assertThat(limited.counters.get(Counter.RATE_WAITS)).isZero();
  }
}
