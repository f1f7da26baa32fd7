package org.beaconrelay.server.splice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.beaconrelay.server.splice.Flow.Side;
import org.beaconrelay.server.splice.Flow.State;
import org.beaconrelay.server.splice.Flow.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FlowTest {
  /// What [Flow#next] answers after an input (column) in a situation (row); `-` cannot happen.
  private static final String TABLE =
      """
                    | end  | filled | drained | source | part  | whole  | full   | room   | shut | failed
      OPEN          | shut | flush  | source  | fill   | -     | -      | sink   | fill   | -    | done
      DRAINED       | shut | flush  | source  | fill   | -     | -      | source | source | -    | done
      SINK_FULL     | shut | sink   | source  | sink   | -     | -      | sink   | fill   | -    | done
      DRAINED_FULL  | shut | sink   | source  | sink   | -     | -      | source | source | -    | done
      HOLDING       | -    | -      | flush   | flush  | flush | fill   | sink   | flush  | -    | done
      HOLDING_LAST  | -    | -      | flush   | flush  | flush | source | sink   | flush  | -    | done
      HOLDING_FULL  | -    | -      | sink    | sink   | sink  | sink   | sink   | flush  | -    | done
      FLUSHING      | -    | -      | -       | shut   | -     | -      | shut   | shut   | done | done
      FLUSHING_FULL | -    | -      | -       | shut   | -     | -      | shut   | shut   | done | done
      SHUT          | -    | -      | -       | done   | -     | -      | -      | done   | -    | done
      FAILED        | -    | -      | -       | done   | -     | -      | -      | done   | -    | done
      """;

  private static final int FILLED = 5;

  private static Flow flowIn(String situation) {
    Flow flow = new Flow();
    switch (situation) {
      case "OPEN" -> {}
      case "DRAINED" -> flow.fillBlocked();
      case "SINK_FULL" -> flow.flushBlocked();
      case "DRAINED_FULL" -> {
        flow.fillBlocked();
        flow.flushBlocked();
      }
      case "HOLDING" -> flow.filled(FILLED);
      case "HOLDING_LAST" -> {
        flow.filled(FILLED);
        flow.fillBlocked();
      }
      case "HOLDING_FULL" -> {
        flow.filled(FILLED);
        flow.flushBlocked();
      }
      case "FLUSHING" -> flow.filled(0);
      case "FLUSHING_FULL" -> {
        flow.flushBlocked();
        flow.filled(0);
      }
      case "SHUT" -> {
        flow.filled(0);
        flow.sinkShut();
      }
      case "FAILED" -> flow.failed(Side.SOURCE, 104);
      default -> throw new AssertionError(situation);
    }
    return flow;
  }

  private static void give(Flow flow, String input) {
    switch (input) {
      case "end" -> flow.filled(0);
      case "filled" -> flow.filled(FILLED);
      case "drained" -> flow.fillBlocked();
      case "source" -> flow.sourceReady();
      case "part" -> flow.flushed(FILLED - 1);
      case "whole" -> flow.flushed(FILLED);
      case "full" -> flow.flushBlocked();
      case "room" -> flow.sinkReady();
      case "shut" -> flow.sinkShut();
      case "failed" -> flow.failed(Side.SINK, 32);
      default -> throw new AssertionError(input);
    }
  }

  private static Step step(String answer) {
    return switch (answer) {
      case "fill" -> Step.FILL;
      case "flush" -> Step.FLUSH;
      case "shut" -> Step.SHUT_SINK;
      case "source" -> Step.AWAIT_SOURCE;
      case "sink" -> Step.AWAIT_SINK;
      case "done" -> Step.DONE;
      default -> throw new AssertionError(answer);
    };
  }

  private static Stream<Arguments> cells() {
    List<String[]> rows = TABLE.lines().map(line -> line.strip().split("\\s*\\|\\s*", -1)).toList();
    String[] inputs = rows.getFirst();
    List<Arguments> cells = new ArrayList<>();
    for (String[] row : rows.subList(1, rows.size())) {
      for (int i = 1; i < inputs.length; i++) {
        cells.add(Arguments.of(row[0], inputs[i], row[i]));
      }
    }
    assertThat(cells).hasSize(11 * 10);
    return cells.stream();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void answersEveryInputInEverySituation(String situation, String input, String answer) {
    Flow flow = flowIn(situation);
    if (answer.equals("-")) {
      assertThatThrownBy(() -> give(flow, input)).isInstanceOf(AssertionError.class);
    } else {
      give(flow, input);
      assertThat(flow.next()).isEqualTo(step(answer));
    }
  }

  @Test
  void startsOpenAndEmpty() {
    Flow flow = new Flow();
    assertThat(flow.state()).isEqualTo(State.OPEN);
    assertThat(flow.next()).isEqualTo(Step.FILL);
    assertThat(flow.inPipeBytes()).isZero();
    assertThat(flow.deliveredBytes()).isZero();
    assertThat(flow.isOver()).isFalse();
  }

  @Test
  void countsWhatWasDelivered() {
    Flow flow = new Flow();
    flow.filled(10);
    flow.flushed(4);
    assertThat(flow.inPipeBytes()).isEqualTo(6);
    assertThat(flow.deliveredBytes()).isEqualTo(4);
  }

  @Test
  void deliversMoreThanAnIntCanCount() {
    Flow flow = new Flow();
    for (int i = 0; i < 3; i++) {
      flow.filled(Integer.MAX_VALUE);
      flow.flushed(Integer.MAX_VALUE);
    }
    assertThat(flow.deliveredBytes()).isEqualTo(3L * Integer.MAX_VALUE);
  }

  @Test
  void cannotDeliverMoreThanWasTaken() {
    Flow flow = new Flow();
    flow.filled(10);
    assertThatThrownBy(() -> flow.flushed(11)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> flow.flushed(0)).isInstanceOf(AssertionError.class);
  }

  @Test
  void remembersTheFirstFailureOnly() {
    Flow flow = new Flow();
    flow.failed(Side.SINK, 32);
    flow.failed(Side.SOURCE, 104);
    assertThat(flow.state()).isEqualTo(State.FAILED);
    assertThat(flow.failedSide()).isEqualTo(Side.SINK);
    assertThat(flow.errno()).isEqualTo(32);
    assertThat(flow.isOver()).isTrue();
  }

  @Test
  void ignoresAFailureOnceTheSinkIsShut() {
    Flow flow = new Flow();
    flow.filled(0);
    flow.sinkShut();
    flow.failed(Side.SOURCE, 104);
    assertThat(flow.state()).isEqualTo(State.SHUT);
    assertThat(flow.errno()).isZero();
    assertThat(flow.isOver()).isTrue();
  }

  @Test
  void saysWhereItStands() {
    Flow flow = new Flow();
    flow.filled(7);
    flow.flushBlocked();
    assertThat(flow)
        .hasToString("Flow[OPEN inPipe=7 sourceDrained=false sinkFull=true delivered=0 errno=0]");
  }
}
