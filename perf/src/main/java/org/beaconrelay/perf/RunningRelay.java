package org.beaconrelay.perf;

import java.io.IOException;

/// A contender that has been started and takes connections.
///
/// **Owns:** its process.
sealed interface RunningRelay extends AutoCloseable permits BeaconRelay, HaproxyRelay {
  RelayProcess process();

  /// Joins two new connections of the generator through the relay.
  Pair openPair() throws IOException, RunFailedException;

  @Override
  void close() throws IOException;
}
