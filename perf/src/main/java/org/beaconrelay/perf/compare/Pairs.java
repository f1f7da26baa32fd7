package org.beaconrelay.perf.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.beaconrelay.perf.Pair;
import org.beaconrelay.perf.RunFailedException;

/// All pairs of one measurement.
///
/// **Owns:** them.
record Pairs(List<Pair> all) implements AutoCloseable {
  /// Opens them one after the other, so that nobody can mistake whose counterpart is whose.
  static Pairs open(RunningRelay relay, int count) throws IOException, RunFailedException {
    Pairs pairs = new Pairs(new ArrayList<>());
    try {
      for (int i = 0; i < count; i++) {
        pairs.all.add(relay.openPair());
      }
      return pairs;
    } catch (IOException | RunFailedException e) {
      pairs.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    for (Pair pair : all) {
      pair.close();
    }
  }
}
