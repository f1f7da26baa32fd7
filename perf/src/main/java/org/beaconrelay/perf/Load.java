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

  /// Tells it that it has been going on only to warm up, and is measured from now on.
  default void measure() {}

  /// How long messages took to the other end and back since then, in nanoseconds; empty where
  /// nothing comes back. Once.
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
