package org.beaconrelay.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.beaconrelay.server.linux.Loopback;
import org.beaconrelay.server.linux.Readiness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Real connections on real event loops.
final class WatchTest {
  /// More than one group of io_uring has, and not a multiple of it.
  private static final int MANY = 600;

  /// More than there are numbers for the polls of one place.
  private static final int MORE_THAN_NUMBERS = 300;

  private final Loopback loopback = new Loopback();
  private final Queue<Throwable> bugs = new ConcurrentLinkedQueue<>();
  private @Nullable EventLoops loops;

  /// A connection that is watched, and how often it was ready.
  private final class Watched implements ReadyListener {
    final Loopback.Connection connection = loopback.connect();
    final AtomicInteger told = new AtomicInteger();
    final Semaphore newlyTold = new Semaphore(0);
    @Nullable Watch watch;

    Watched begin(EventLoop loop) {
      on(loop, () -> beginHere(loop));
      return this;
    }

    /// On the loop's thread.
    void beginHere(EventLoop loop) {
      watch = loop.watch(connection.fd(), Readiness.READABLE | Readiness.EDGE_TRIGGERED, this);
    }

    void receive() throws IOException {
      connection.endpoint().write(ByteBuffer.allocate(1));
    }

    void awaitTold() throws InterruptedException {
      assertThat(newlyTold.tryAcquire(10, TimeUnit.SECONDS)).as("it is told").isTrue();
    }

    Watch watch() {
      if (watch == null) {
        throw new IllegalStateException("not begun");
      }
      return watch;
    }

    @Override
    public void onReady(int readiness) {
      assertThat(readiness & Readiness.READABLE).isNotZero();
      told.incrementAndGet();
      newlyTold.release();
    }

    @Override
    public void onBug(Throwable bug) {
      bugs.add(bug);
    }
  }

  @AfterEach
  void close() {
    if (loops != null) {
      loops.close();
    }
    loopback.close();
    assertThat(bugs).isEmpty();
  }

  private EventLoop start(LoopKind kind) {
    loops = kind.start();
    return loops.loops().getFirst();
  }

  private static void on(EventLoop loop, Runnable action) {
    CompletableFuture.runAsync(action, loop).join();
  }

  private List<Watched> watchMany(EventLoop loop) {
    List<Watched> many = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      many.add(new Watched().begin(loop));
    }
    return many;
  }

  private static void releaseAll(EventLoop loop, List<Watched> watched) {
    on(loop, () -> watched.forEach(each -> each.watch().release()));
  }

  @ParameterizedTest
  @EnumSource
  void tellsEachOfManyOfItself(LoopKind kind) throws Exception {
    EventLoop loop = start(kind);
    List<Watched> many = watchMany(loop);

    for (Watched each : many) {
      each.receive();
      each.awaitTold();
    }

    assertThat(many).allSatisfy(each -> assertThat(each.told).hasValue(1));
    releaseAll(loop, many);
  }

  @ParameterizedTest
  @EnumSource
  void tellsNothingOfThoseThatItWatchesNoMore(LoopKind kind) throws Exception {
    EventLoop loop = start(kind);
    List<Watched> former = watchMany(loop);
    releaseAll(loop, former);
    List<Watched> present = watchMany(loop);

    for (int i = 0; i < MANY; i++) {
      former.get(i).receive();
      present.get(i).receive();
      present.get(i).awaitTold();
    }

    assertThat(former).allSatisfy(each -> assertThat(each.told).hasValue(0));
    assertThat(present).allSatisfy(each -> assertThat(each.told).hasValue(1));
    releaseAll(loop, present);
  }

  @ParameterizedTest
  @EnumSource
  void takesWhatIsWatchedForLast(LoopKind kind) throws Exception {
    EventLoop loop = start(kind);
    Watched watched = new Watched().begin(loop);

    on(
        loop,
        () -> {
          for (int i = 0; i < MORE_THAN_NUMBERS; i++) {
            watched.watch().watchFor(Readiness.EDGE_TRIGGERED);
            watched.watch().watchFor(Readiness.READABLE | Readiness.EDGE_TRIGGERED);
          }
        });
    watched.receive();
    watched.awaitTold();

    on(loop, () -> watched.watch().watchFor(Readiness.EDGE_TRIGGERED));
    watched.receive();
    on(loop, () -> watched.watch().watchFor(Readiness.READABLE | Readiness.EDGE_TRIGGERED));
    watched.awaitTold(); // what was there already

    on(loop, () -> watched.watch().release());
  }

  @ParameterizedTest
  @EnumSource
  void manyCanComeAndGoBeforeTheKernelHears(LoopKind kind) throws Exception {
    EventLoop loop = start(kind);
    Watched first = new Watched().begin(loop);
    Watched last = new Watched();

    on(
        loop,
        () -> {
          first.watch().release();
          for (int i = 0; i < MANY; i++) {
            first.beginHere(loop);
            first.watch().release();
          }
          last.beginHere(loop);
        });
    first.receive();
    last.receive();
    last.awaitTold();

    assertThat(first.told).hasValue(0);
    on(loop, () -> last.watch().release());
  }
}
