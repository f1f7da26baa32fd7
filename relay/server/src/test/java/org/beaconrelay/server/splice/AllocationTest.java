package org.beaconrelay.server.splice;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.beaconrelay.server.linux.Loopback;
import org.beaconrelay.server.linux.Readiness;
import org.beaconrelay.server.linux.Syscalls;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.server.metrics.Counters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A splice that runs allocates nothing: what a wake-up costs does not depend on a collector.
final class AllocationTest {
  private static final int MESSAGE_BYTES = 64;
  private static final int WARM_UP_MESSAGES = 30_000;
  private static final int MESSAGES = 10_000;

  /// Enough for a clock that hardly moves.
  private static final long BYTES_PER_SECOND = 1L << 40;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private @Nullable IOException failure;

  @Test
  void allocatesNothingOnAWakeUp() throws InterruptedException, IOException {
    assertAllocatesNothing(null);
  }

  @Test
  void allocatesNothingWhereItMayBeOnlySoFast() throws InterruptedException, IOException {
    TotalRate total = new TotalRate(BYTES_PER_SECOND, 0);
    assertAllocatesNothing(new Rates(() -> {}, BYTES_PER_SECOND, total, total));
  }

  private void assertAllocatesNothing(@Nullable Rates rates)
      throws InterruptedException, IOException {
    Syscalls syscalls = new Syscalls();
    Turns turns = new Turns(() -> {});
    PipePool pipes = new PipePool(syscalls, turns, false, 65_536, 1 << 20, 4);
    try (Loopback loopback = new Loopback()) {
      Loopback.Connection bridge = loopback.connect();
      Loopback.Connection broker = loopback.connect();
      Splice splice =
          new Splice(
              new SpliceEngine(
                  syscalls,
                  pipes,
                  pipes,
                  turns,
                  new Rests(() -> {}),
                  rates,
                  new Counters<>(Counter.class)),
              Splice.Listener.none(),
              SpliceEnd.unwatched(bridge.fd()),
              SpliceEnd.unwatched(broker.fd()),
              0);
      Thread endpoints = new Thread(() -> exchange(bridge, broker), "endpoints");
      endpoints.start();
      relay(splice, turns, WARM_UP_MESSAGES);
      long probeBytes = -allocatedBytes() + allocatedBytes();
      long beforeBytes = allocatedBytes();
      relay(splice, turns, WARM_UP_MESSAGES + MESSAGES);
      long allocatedBytes = allocatedBytes() - beforeBytes - probeBytes;
      endpoints.join();
      splice.close();
      assertThat(allocatedBytes).isZero();
      if (failure != null) {
        throw failure;
      }
    } finally {
      pipes.close();
    }
  }

  private long allocatedBytes() {
    return threads.getCurrentThreadAllocatedBytes();
  }

  /// Wakes the splice up until `messages` were delivered since it began.
  private static void relay(Splice splice, Turns turns, int messages) {
    long nowNs = 1;
    while (splice.toBroker().deliveredBytes() < (long) messages * MESSAGE_BYTES) {
      splice.onBridgeReady(Readiness.READABLE | Readiness.WRITABLE, nowNs++);
      turns.run(nowNs);
    }
  }

  /// One message at a time, so that each is a wake-up of its own.
  private void exchange(Loopback.Connection bridge, Loopback.Connection broker) {
    ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
    try {
      bridge.endpoint().configureBlocking(true);
      broker.endpoint().configureBlocking(true);
      for (int i = 0; i < WARM_UP_MESSAGES + MESSAGES; i++) {
        message.clear();
        bridge.endpoint().write(message);
        message.clear();
        while (message.hasRemaining()) {
          broker.endpoint().read(message);
        }
      }
    } catch (IOException e) {
      failure = e;
    }
  }
}
