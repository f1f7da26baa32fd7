package org.beaconrelay.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.testing.ProcessFigures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A real timer on a real event loop.
final class AlarmTest {
  private static final long DELAY_NS = 200_000;

  private final EventLoops loops = EventLoops.epoll(1);
  private final EventLoop loop = loops.loops().getFirst();
  private final BlockingQueue<Long> timesNs = new LinkedBlockingQueue<>();
  private final BlockingQueue<Throwable> bugs = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    loops.close();
  }

  private Alarm alarm(Runnable action) {
    return new Alarm(loop, action, bugs::add);
  }

  private Alarm alarm() {
    return alarm(() -> timesNs.add(System.nanoTime()));
  }

  private void await(Runnable action) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    loop.execute(
        () -> {
          action.run();
          done.countDown();
        });
    done.await();
  }

  private void awaitRing() throws InterruptedException {
    assertThat(timesNs.poll(10, TimeUnit.SECONDS)).as("it goes off").isNotNull();
  }

  @Test
  void goesOffOnceAndNotEarly() throws InterruptedException {
    Alarm alarm = alarm();
    long setNs = System.nanoTime();
    await(() -> alarm.set(DELAY_NS));
    Long rungNs = timesNs.poll(10, TimeUnit.SECONDS);
    assertThat(rungNs).isNotNull();
    assertThat(rungNs - setNs).isGreaterThanOrEqualTo(DELAY_NS);
    assertThat(timesNs.poll(20, TimeUnit.MILLISECONDS)).isNull();
    await(alarm::close);
  }

  @Test
  void goesOffEachTimeThatItIsSet() throws InterruptedException {
    Alarm alarm = alarm();
    for (int i = 0; i < 100; i++) {
      await(() -> alarm.set(DELAY_NS));
      awaitRing();
    }
    assertThat(timesNs).isEmpty();
    await(alarm::close);
  }

  @Test
  void goesOffAtTheTimeThatWasSetLast() throws InterruptedException {
    Alarm alarm = alarm();
    await(() -> alarm.set(TimeUnit.HOURS.toNanos(1)));
    await(() -> alarm.set(DELAY_NS));
    awaitRing();
    await(() -> alarm.set(TimeUnit.SECONDS.toNanos(1) + 1)); // seconds and nanoseconds
    awaitRing();
    await(alarm::close);
  }

  @Test
  void tellsOfABugAndGoesOn() throws InterruptedException {
    AssertionError bug = new AssertionError("thrown by the test");
    Alarm alarm =
        alarm(
            () -> {
              throw bug;
            });
    for (int i = 0; i < 2; i++) {
      await(() -> alarm.set(DELAY_NS));
      assertThat(bugs.poll(10, TimeUnit.SECONDS)).isSameAs(bug);
    }
    await(alarm::close);
  }

  @Test
  void givesItsDescriptorBack() throws InterruptedException {
    int before = ProcessFigures.ofThis().openKernelObjects();
    Alarm neverSet = alarm();
    Alarm pending = alarm();
    await(() -> pending.set(TimeUnit.HOURS.toNanos(1)));
    assertThat(ProcessFigures.ofThis().openKernelObjects()).isEqualTo(before + 2);
    await(neverSet::close);
    await(pending::close);
    assertThat(ProcessFigures.ofThis().openKernelObjects()).isEqualTo(before);
  }
}
