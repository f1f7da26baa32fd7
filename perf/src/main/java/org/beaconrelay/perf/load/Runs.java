package org.beaconrelay.perf.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.beaconrelay.perf.RunFailedException;

/// The runs of a load, one after the other, and what came of them.
final class Runs {
  private final Relay relay;
  private final OptionalLong relayPid;
  private final Measurement measurement;
  private final Stopper stopper;
  private final List<LoadResult> results = new ArrayList<>();

  /// @param relayPid the relay's process, if it is to be seen from here
  Runs(Relay relay, OptionalLong relayPid, Measurement measurement, Stopper stopper) {
    this.relay = relay;
    this.relayPid = relayPid;
    this.measurement = measurement;
    this.stopper = stopper;
  }

  /// Opens what a run needs, and starts it.
  interface Starter {
    LoadRun start() throws IOException, RunFailedException;
  }

  Relay relay() {
    return relay;
  }

  OptionalLong relayPid() {
    return relayPid;
  }

  /// Whether nothing more is to be begun.
  boolean isStopped() {
    return stopper.isStopped();
  }

  /// Measures a run that no relay takes part in.
  void direct(Starter starter) throws IOException, InterruptedException, RunFailedException {
    measure("direct", OptionalLong.empty(), starter);
  }

  /// Measures a run against the relay.
  void throughRelay(Starter starter) throws IOException, InterruptedException, RunFailedException {
    measure("relay", relayPid, starter);
  }

  private void measure(String name, OptionalLong pid, Starter starter)
      throws IOException, InterruptedException, RunFailedException {
    if (isStopped()) {
      return;
    }
    try (LoadRun run = starter.start()) {
      stopper.watch(run);
      add(measurement.of(name, new RelayWatch(pid), run));
    }
  }

  void add(LoadResult result) {
    results.add(result);
  }

  List<LoadResult> results() {
    return List.copyOf(results);
  }
}
