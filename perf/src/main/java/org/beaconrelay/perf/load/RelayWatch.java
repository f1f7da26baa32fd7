package org.beaconrelay.perf.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Looks at the relay's process now and then while it is measured.
final class RelayWatch {
  private final OptionalLong pid;
  private final List<ProcessPoint> points = new ArrayList<>();
  private @Nullable RelayFigures last;
  private long cpuNs;
  private boolean gone;

  /// @param pid empty if it is not to be seen from here
  RelayWatch(OptionalLong pid) {
    this.pid = pid;
  }

  /// @param elapsedNs since the first look
  void look(long elapsedNs) {
    if (pid.isEmpty() || gone) {
      return;
    }
    try {
      RelayFigures now = RelayFigures.read(pid.getAsLong());
      // From look to look, because what a thread had that has ended since is in neither.
      cpuNs += last == null ? 0 : now.times().since(last.times()).runNs();
      last = now;
      points.add(
          new ProcessPoint(
              elapsedNs,
              cpuNs,
              now.rssKib(),
              now.descriptors(),
              now.pipeEnds(),
              now.times().byTask().size()));
    } catch (IOException e) {
      gone = true;
      System.err.println("beacon: load: the relay's process is not to be seen any more: " + e);
    }
  }

  /// @return null if it was not to be seen all the time
  @Nullable ProcessSeries series() {
    return points.isEmpty() || gone ? null : new ProcessSeries(List.copyOf(points));
  }
}
