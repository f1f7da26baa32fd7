package org.beaconrelay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.testing.Seeded;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A relay whose pairs may be only so fast: nothing is lost, and all of it comes. How fast it is
/// `RateTest` says, by a clock of its own.
@Timeout(120)
@ExtendWith(Seeded.class)
final class ByteRateIT {
  private static final int BYTES = 3 << 20;
  private static final long BYTES_PER_SECOND = 2 << 20;

  @ParameterizedTest
  @EnumSource(DataPath.class)
  void slowsAPairDownBothWays(DataPath dataPath, Random random) throws Exception {
    assertLosesNothing(
        settings -> {
          settings.dataPath = dataPath;
          settings.bytesPerSecondPerPair = BYTES_PER_SECOND;
        },
        random);
  }

  @ParameterizedTest
  @EnumSource(DataPath.class)
  void slowsAllPairsDownBothWays(DataPath dataPath, Random random) throws Exception {
    assertLosesNothing(
        settings -> {
          settings.dataPath = dataPath;
          settings.bytesPerSecond = BYTES_PER_SECOND;
        },
        random);
  }

  private static void assertLosesNothing(Consumer<TestSettings> change, Random random)
      throws Exception {
    byte[] toBroker = new byte[BYTES];
    byte[] toBridge = new byte[BYTES];
    random.nextBytes(toBroker);
    random.nextBytes(toBridge);
    try (TestRelay relay = TestRelay.start(change);
        TestPair pair = relay.pair();
        TestPair beside = relay.pair()) {
      FutureTask<Void> down = sending(pair.bridge(), toBroker);
      FutureTask<Void> up = sending(pair.broker(), toBridge);
      FutureTask<byte[]> fromBroker = receiving(pair.bridge());
      assertThat(pair.broker().receive(BYTES)).isEqualTo(toBroker);
      assertThat(fromBroker.get()).isEqualTo(toBridge);
      down.get();
      up.get();
      assertThat(relay.relay().count(Counter.RATE_WAITS)).isPositive();
      beside.exchange();
      pair.bridge().halfClose();
      assertThat(pair.broker().isAtEnd()).isTrue();
    }
  }

  @Test
  void letsNobodyWaitWhereThereIsNoLimit() throws Exception {
    try (TestRelay relay = TestRelay.start();
        TestPair pair = relay.pair()) {
      FutureTask<Void> sent = sending(pair.bridge(), new byte[BYTES]);
      pair.broker().receive(BYTES);
      sent.get();
      assertThat(relay.relay().count(Counter.RATE_WAITS)).isZero();
    }
  }

  private static FutureTask<Void> sending(TestLink link, byte[] bytes) {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              link.send(bytes);
              return null;
            });
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  private static FutureTask<byte[]> receiving(TestLink link) {
    FutureTask<byte[]> task = new FutureTask<>(() -> link.receive(BYTES));
    Thread.ofPlatform().daemon().start(task);
    return task;
  }
}
