package org.beaconrelay.server.metrics;

/// A histogram for each [Timing].
///
/// **Thread:** as a [Histogram].
public final class Timings {
  private final Histogram[] histograms;

  public Timings() {
    Timing[] timings = Timing.values();
    histograms = new Histogram[timings.length];
    for (int i = 0; i < timings.length; i++) {
      histograms[i] = timings[i].newHistogram();
    }
  }

  public Histogram get(Timing timing) {
    return histograms[timing.ordinal()];
  }

  /// Adds what others have counted. Owner only.
  public void addAll(Timings other) {
    for (int i = 0; i < histograms.length; i++) {
      histograms[i].addAll(other.histograms[i]);
    }
  }
}
