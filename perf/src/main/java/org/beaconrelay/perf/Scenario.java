package org.beaconrelay.perf;

import java.io.IOException;
import java.util.Arrays;

/// A kind of work that both contenders are given.
enum Scenario {
  /// 16 pairs, as many bytes as go from bridge to broker.
  BULK_16("bulk16", 16, Figure.BYTES),
  /// 16 pairs, as many bytes as go in both directions at a time.
  BULK_16_BOTH("bulk16-both", 16, Figure.BYTES),
  /// 64 pairs, each with one message of 64 bytes under way, which is answered by the next.
  PING_PONG_64("pingpong64", 64, Figure.MESSAGES),
  /// One pair, as many bytes as go from bridge to broker. For information: a single stream depends
  /// most on how the cores happen to wake each other.
  BULK_1("bulk1", 1, Figure.BYTES);

  private final String label;
  private final int pairCount;
  private final Figure figure;

  Scenario(String label, int pairCount, Figure figure) {
    this.label = label;
    this.pairCount = pairCount;
    this.figure = figure;
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

  int pairCount() {
    return pairCount;
  }

  Figure figure() {
    return figure;
  }

  /// Begins the work on `pairs`, which must be as many as [#pairCount] says.
  Load start(Pairs pairs) throws IOException {
    return switch (this) {
      case BULK_16, BULK_1 -> BulkLoad.oneWay(pairs);
      case BULK_16_BOTH -> BulkLoad.bothWays(pairs);
      case PING_PONG_64 -> PingPongLoad.start(pairs);
    };
  }
}
