package org.beaconrelay.server.splice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntUnaryOperator;
import org.beaconrelay.server.splice.Flow.State;
import org.beaconrelay.server.splice.Flow.Step;

/// What a flow lives in: a source, a pipe and a sink. Bytes are numbered, so that a queue of them
/// is two numbers.
final class FlowModel {
  private static final int MAX_STEPS_TO_END = 100_000;

  final Flow flow = new Flow();
  private final IntUnaryOperator below;
  private final int capacityBytes;
  private long sent;
  private long taken;
  private long delivered;
  private int roomBytes;
  private boolean ended;
  private boolean shut;
  private boolean sourceSilent;
  private boolean sinkSilent;

  /// @param below chooses a number from 0 on that is below a bound
  FlowModel(IntUnaryOperator below) {
    this.below = below;
    this.capacityBytes = 1 + below.applyAsInt(20);
    this.roomBytes = below.applyAsInt(30);
  }

  /// Something happens outside; whoever waits for it is told, others sometimes too.
  void happen() {
    switch (below.applyAsInt(8)) {
      case 0, 1, 2 -> {
        if (!ended) {
          sent += below.applyAsInt(40);
          tellSource();
        }
      }
      case 3, 4, 5 -> {
        roomBytes += below.applyAsInt(30);
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
    int filled = wantBytes == 0 ? 0 : 1 + below.applyAsInt((int) wantBytes);
    if (filled > 0 || ended) {
      taken += filled;
      flow.filled(filled);
      if (filled > 0 && taken == sent && !ended && below.applyAsInt(2) == 0) {
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
      flushed = 1 + below.applyAsInt(flushed);
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
