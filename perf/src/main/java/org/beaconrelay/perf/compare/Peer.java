package org.beaconrelay.perf.compare;

import java.io.IOException;
import java.util.List;
import org.beaconrelay.perf.RunFailedException;

/// How a contender is made to run.
interface Peer {
  /// What has to be installed.
  default List<Requirement> requirements() {
    return List.of();
  }

  /// What prints its version; empty if that is known anyway.
  default List<String> versionCommand() {
    return List.of();
  }

  /// Makes what it needs besides, once a run.
  default void prepare(Site site) throws IOException, InterruptedException, RunFailedException {}

  /// Starts it afresh and returns when it takes connections.
  RunningRelay start(Site site) throws IOException, InterruptedException, RunFailedException;
}
