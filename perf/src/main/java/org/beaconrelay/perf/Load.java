package org.beaconrelay.perf;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/// Work that goes on by itself, on threads of the generator, until it is told to finish.
sealed interface Load extends AutoCloseable permits BulkLoad, PingPongLoad {
  /// Bytes or messages that have arrived so far.
  long delivered();

  /// Completes exceptionally when something goes wrong; else never.
  CompletableFuture<Void> failure();

  /// Stops sending, and returns when all that was sent has arrived.
  ///
  /// @throws RunFailedException if something is missing or too much
  void finish() throws InterruptedException, RunFailedException;

  /// Ends the threads, whatever they are doing.
  @Override
  void close() throws IOException;
}
