package org.beaconrelay.perf.compare;

import static org.beaconrelay.perf.compare.Figure.CPU;
import static org.beaconrelay.perf.compare.Figure.MEMORY;
import static org.beaconrelay.perf.compare.Figure.P50;
import static org.beaconrelay.perf.compare.Figure.P50_ADDED;
import static org.beaconrelay.perf.compare.Figure.P99;
import static org.beaconrelay.perf.compare.Figure.P99_ADDED;
import static org.beaconrelay.perf.compare.Figure.THROUGHPUT;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.beaconrelay.perf.BulkLoad;
import org.beaconrelay.perf.Load;

/// A kind of work that all contenders are given.
enum Scenario {
  /// 16 pairs, as many bytes as go from bridge to broker.
  BULK_16("bulk16", 16, Amount.BYTES),
  /// 16 pairs, as many bytes as go in both directions at a time.
  BULK_16_BOTH("bulk16-both", 16, Amount.BYTES),
  /// One pair, as many bytes as go from bridge to broker. For information: a single stream depends
  /// most on how the cores happen to wake each other.
  BULK_1("bulk1", 1, Amount.BYTES),
  /// 64 pairs, each with one message of 64 bytes under way, which is answered by the next.
  PING_PONG_64("pingpong64", 64, Amount.MESSAGES),
  /// The same with one pair: what the relay adds to a round trip if it has nothing else to do.
  PING_PONG_1("pingpong1", 1, Amount.MESSAGES),
  /// Pairs that live for one request and its answer, at a set rate.
  CHURN("churn", 0, Amount.PAIRS);

  private final String label;
  private final int pairCount;
  private final Amount amount;

  Scenario(String label, int pairCount, Amount amount) {
    this.label = label;
    this.pairCount = pairCount;
    this.amount = amount;
  }

  /// @throws IllegalArgumentException if there is none
  static Scenario ofLabel(String label) {
    return Arrays.stream(values())
        .filter(scenario -> scenario.label.equals(label))
        .findAny()
        .orElseThrow(() -> new IllegalArgumentException("unknown scenario " + label));
  }

  String label() {
    return label;
  }

  /// Of pairs that are open before the load begins.
  int pairCount() {
    return pairCount;
  }

  Amount amount() {
    return amount;
  }

  /// What is told of it, in this order.
  List<Figure> figures() {
    return switch (this) {
      case BULK_16, BULK_16_BOTH, BULK_1, PING_PONG_64 -> List.of(CPU, THROUGHPUT, MEMORY);
      case PING_PONG_1 -> List.of(CPU, P50, P50_ADDED, P99, P99_ADDED, MEMORY);
      case CHURN -> List.of(CPU, MEMORY);
    };
  }

  /// Begins the work.
  ///
  /// @param pairs that are open, as many as [#pairCount] says
  Load start(RunningRelay relay, Pairs pairs) throws IOException {
    return switch (this) {
      case BULK_16, BULK_1 -> BulkLoad.oneWay(pairs.all(), relay.passesEndsOn());
      case BULK_16_BOTH -> BulkLoad.bothWays(pairs.all(), relay.passesEndsOn());
      case PING_PONG_64, PING_PONG_1 -> PingPongLoad.start(pairs);
      case CHURN -> ChurnLoad.start(relay);
    };
  }
}
