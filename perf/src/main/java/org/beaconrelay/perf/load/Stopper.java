package org.beaconrelay.perf.load;

import org.jspecify.annotations.Nullable;

/// Passes on the wish to end, to the run that is under way.
///
/// **Thread:** any.
final class Stopper {
  private @Nullable LoadRun run;
  private boolean stopped;

  synchronized void watch(LoadRun started) {
    run = started;
    if (stopped) {
      started.stop();
    }
  }

  synchronized void stop() {
    stopped = true;
    if (run != null) {
      run.stop();
    }
  }

  synchronized boolean isStopped() {
    return stopped;
  }
}
