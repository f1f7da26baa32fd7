package org.beaconrelay.perf.compare;

import java.io.IOException;
import org.beaconrelay.perf.Pair;
import org.beaconrelay.perf.RunFailedException;

/// What it takes to have two connections of the generator joined.
///
/// **Owns:** what it has open besides pairs.
interface PairOpener extends AutoCloseable {
  /// Joins two new connections.
  ///
  /// @throws java.net.ConnectException if nobody listens there (yet)
  Pair open() throws IOException, RunFailedException;

  /// Whether the end of one stream of a pair arrives at its other end.
  default boolean passesEndsOn() {
    return true;
  }

  @Override
  default void close() throws IOException {}
}
