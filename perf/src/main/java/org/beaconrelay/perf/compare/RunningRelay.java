package org.beaconrelay.perf.compare;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.beaconrelay.perf.Pair;
import org.beaconrelay.perf.RunFailedException;
import org.beaconrelay.perf.TaskTimes;
import org.jspecify.annotations.Nullable;

/// A contender that has been started and takes connections.
///
/// **Owns:** both.
///
/// @param process null where no relay is between
record RunningRelay(@Nullable RelayProcess process, PairOpener opener) implements AutoCloseable {
  /// Starts a process and returns when a pair could be opened through it.
  static RunningRelay start(Launch launch, Pinning pinning, PairOpener opener)
      throws IOException, InterruptedException, RunFailedException {
    try {
      RelayProcess process = RelayProcess.start(launch, pinning);
      try {
        process.awaitReady(opener);
        return new RunningRelay(process, opener);
      } catch (IOException | InterruptedException | RunFailedException e) {
        process.close();
        throw e;
      }
    } catch (IOException | InterruptedException | RunFailedException e) {
      opener.close();
      throw e;
    }
  }

  /// Joins two new connections of the generator.
  Pair openPair() throws IOException, RunFailedException {
    return opener.open();
  }

  /// Completes when its process ends.
  CompletableFuture<?> end() {
    return process == null ? new CompletableFuture<>() : process.end();
  }

  /// What its threads have had of the CPU so far; empty without a process.
  Optional<TaskTimes> taskTimes() throws IOException {
    return process == null ? Optional.empty() : Optional.of(process.taskTimes());
  }

  /// @param before of this
  Optional<RelayUse> useSince(Optional<TaskTimes> before) throws IOException {
    return process == null || before.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RelayUse(process.taskTimes().since(before.get()), process.residentBytes()));
  }

  /// What became of its process.
  String describe() throws IOException, InterruptedException {
    return process == null ? "no relay is between" : process.describe();
  }

  /// Whether the end of one stream of a pair arrives at its other end.
  boolean passesEndsOn() {
    return opener.passesEndsOn();
  }

  @Override
  public void close() throws IOException {
    try (opener) {
      if (process != null) {
        process.close();
      }
    }
  }
}
