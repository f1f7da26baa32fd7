package org.beaconrelay.perf.load;

import java.io.IOException;
import org.beaconrelay.perf.RunFailedException;

/// A load as a scenario describes it. What may be said of it are its record's components, and its
/// `parse` knows the keys; [LoadKind#ALL] has all there are.
interface Load {
  /// How many descriptors its links take in this process.
  long descriptors();

  /// Whether all is there that it needs besides the relay.
  ///
  /// @throws RunFailedException if something is not; the message says what to do
  default void check() throws RunFailedException {}

  /// Does it: against the relay, and before that against whatever the relay is compared with.
  void run(Runs runs) throws IOException, InterruptedException, RunFailedException;
}
