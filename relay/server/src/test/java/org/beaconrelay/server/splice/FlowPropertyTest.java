package org.beaconrelay.server.splice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.beaconrelay.server.splice.Flow.Side;
import org.beaconrelay.server.splice.Flow.State;
import org.beaconrelay.server.splice.Flow.Step;
import org.beaconrelay.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Runs flows between a source, a pipe and a sink that are queues of numbered bytes.
@ExtendWith(Seeded.class)
final class FlowPropertyTest {
  private static final int STREAMS = 1_000;
  private static final int STEPS = 300;
  private static final int MAX_STEPS_TO_END = 100_000;

  @Test
  void deliversEveryByteOnceAndInOrderAndThenTheFin(Random random) {
    for (int i = 0; i < STREAMS; i++) {
      World world = new World(random);
      for (int step = 0; step < STEPS; step++) {
        world.happen();
        world.work();
      }
      world.finish();
    }
  }

  @Test
  void doesNothingMoreOnceItHasFailed(Random random) {
    for (int i = 0; i < STREAMS; i++) {
      World world = new World(random);
      for (int step = random.nextInt(STEPS); step > 0; step--) {
        world.happen();
        world.work();
      }
      boolean shut = world.flow.state() == State.SHUT;
      world.flow.failed(random.nextBoolean() ? Side.SOURCE : Side.SINK, 104);
      assertThat(world.flow.state()).isEqualTo(shut ? State.SHUT : State.FAILED);
      for (int step = 0; step < 10; step++) {
        world.happen();
        assertThat(world.flow.next()).isEqualTo(Step.DONE);
      }
    }
  }

  /// What a flow lives in. Bytes are numbered, so that a queue of them is two numbers.
  private static final class World {
    final Flow flow = new Flow();
    final Random random;
    final int capacityBytes;
    private long sent;
    private long taken;
    private long delivered;
    private int roomBytes;
    private boolean ended;
    private boolean shut;
    private boolean sourceSilent;
    private boolean sinkSilent;

    World(Random random) {
      this.random = random;
      this.capacityBytes = 1 + random.nextInt(20);
      this.roomBytes = random.nextInt(30);
    }

    /// Something happens outside; whoever waits for it is told, others sometimes too.
    void happen() {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          if (!ended) {
            sent += random.nextInt(40);
            tellSource();
          }
        }
        case 3, 4, 5 -> {
          roomBytes += random.nextInt(30);
          tellSink();
        }
        case 6 -> tellSource();
        default -> tellSink();
      }
    }

    private void tellSource() {
      flow.sourceReady();
      sourceSilent = false;
    }

    private void tellSink() {
      flow.sinkReady();
      sinkSilent = false;
    }

    /// Does what the flow wants, once.
    void work() {
      Step step = flow.next();
      check(!shut || step == Step.DONE, "works on after the FIN");
      switch (step) {
        case FILL -> fill();
        case FLUSH -> flush();
        case SHUT_SINK -> {
          check(ended && delivered == sent, "FIN before the last byte");
          shut = true;
          flow.sinkShut();
        }
        case AWAIT_SOURCE -> check(sourceSilent, "waits for a source that has spoken");
        case AWAIT_SINK -> check(sinkSilent, "waits for a sink that has spoken");
        case DONE -> check(shut, "done without a FIN");
      }
      check(flow.inPipeBytes() == taken - delivered, "miscounts the pipe");
      check(flow.deliveredBytes() == delivered, "miscounts deliveries");
      check(taken - delivered <= capacityBytes, "overfills the pipe");
    }

    private void fill() {
      check(!sourceSilent, "fills after a blocked fill without having been told");
      check(taken == delivered, "fills a pipe that is not empty");
      long wantBytes = Math.min(sent - taken, capacityBytes);
      int filled = wantBytes == 0 ? 0 : 1 + random.nextInt((int) wantBytes);
      if (filled > 0 || ended) {
        taken += filled;
        flow.filled(filled);
        if (filled > 0 && taken == sent && !ended && random.nextBoolean()) {
          block(); // the pump's short cut: it took all there was
        }
      } else {
        block();
      }
    }

    private void block() {
      sourceSilent = true;
      flow.fillBlocked();
    }

    private void flush() {
      check(!sinkSilent, "flushes after a blocked flush without having been told");
      int flushed = (int) Math.min(roomBytes, taken - delivered);
      if (flushed > 0) {
        flushed = 1 + random.nextInt(flushed);
        roomBytes -= flushed;
        delivered += flushed;
        flow.flushed(flushed);
      } else {
        sinkSilent = true;
        flow.flushBlocked();
      }
    }

    /// The source ends, the sink reads, and that is enough for the flow to come to its end.
    void finish() {
      ended = true;
      tellSource();
      for (int step = 0; step < MAX_STEPS_TO_END && !flow.isOver(); step++) {
        if (flow.next() == Step.AWAIT_SINK) {
          roomBytes += 100;
          tellSink();
        }
        work();
      }
      assertThat(flow.state()).isEqualTo(State.SHUT);
      assertThat(flow.deliveredBytes()).isEqualTo(sent);
    }

    private void check(boolean condition, String fault) {
      if (!condition) {
        throw new AssertionError(
            "%s: %s sent=%d taken=%d delivered=%d".formatted(fault, flow, sent, taken, delivered));
      }
    }
  }
}
