package org.beaconrelay.perf.load;

import java.util.List;

/// The relay's process from the beginning of the measured time to its end, second by second.
///
/// @param points at least one
record ProcessSeries(List<ProcessPoint> points) {
  ProcessPoint last() {
    return points.getLast();
  }
}
