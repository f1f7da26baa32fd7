package org.beaconrelay.perf;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;

/// Work that goes on by itself, on threads of the generator, until it is told to finish.
public interface Load extends AutoCloseable {
  /// Of precision, in what is timed.
  int DIGITS = 3;

  /// Bytes, messages or pairs that have arrived or are done so far.
  long delivered();

  /// Completes exceptionally when something goes wrong; else never.
  CompletableFuture<Void> failure();

  /// How long messages took to the other end and back since the last call, in nanoseconds; empty
  /// where nothing comes back.
  default Histogram takeRoundTrips() {
    return new Histogram(DIGITS);
  }

  /// Stops sending, and returns when all that was sent has arrived.
  ///
  /// @throws RunFailedException if something is missing or too much
  void finish() throws InterruptedException, RunFailedException;

  /// Ends the threads, whatever they are doing.
  @Override
  void close() throws IOException;
}
