package org.beaconrelay.perf.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.beaconrelay.perf.Pair;

/// What becomes more in a [Ramp].
enum RampKind {
  WAITING(Unit.LINK, 1) {
    @Override
    Opened.Opener<Closeable> opener(Relay relay) {
      return () -> resetOnClose(relay.openWaiting());
    }
  },
  PAIRS(Unit.PAIR, 2) {
    @Override
    Opened.Opener<Closeable> opener(Relay relay) {
      return () -> resetOnClose(relay.openPair());
    }
  };

  private final Unit unit;
  private final int ends;

  RampKind(Unit unit, int ends) {
    this.unit = unit;
    this.ends = ends;
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(RampKind::label).toList();
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  Unit unit() {
    return unit;
  }

  /// How many sockets one has at the generator, and as many at the relay.
  int ends() {
    return ends;
  }

  abstract Opened.Opener<Closeable> opener(Relay relay);

  static Pair resetOnClose(Pair pair) throws IOException {
    resetOnClose(pair.bridge());
    resetOnClose(pair.broker());
    return pair;
  }

  /// One that ends in order would be in the kernel's memory for another minute.
  static SocketChannel resetOnClose(SocketChannel link) throws IOException {
    return link.setOption(StandardSocketOptions.SO_LINGER, 0);
  }
}
