package org.beaconrelay.perf.load;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// How a relay's memory and descriptors went with the number of its links.
///
/// @param tls whether the links are, or were, inside outer TLS
/// @param steps from none to all
/// @param kernelMemory where the kernel's was read
/// @param bareEndBytes what a socket takes of it that no relay has to do with: the generator's were
///   taken off at this price
record RampResult(
    RampKind kind,
    boolean tls,
    List<RampStep> steps,
    KernelMemory kernelMemory,
    double bareEndBytes) {
  private static final int KIB = 1 << 10;

  /// Bytes.
  Line rss() {
    return line(step -> (double) step.process().rssKib() * KIB);
  }

  /// Bytes.
  Line kernel() {
    return line(RampStep::kernelBytes);
  }

  Line descriptors() {
    return line(step -> step.process().descriptors());
  }

  private Line line(ToDoubleFunction<RampStep> figure) {
    return Line.fit(
        steps.stream().mapToDouble(RampStep::links).toArray(),
        steps.stream().mapToDouble(figure).toArray());
  }
}
