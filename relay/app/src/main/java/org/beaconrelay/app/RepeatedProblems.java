package org.beaconrelay.app;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Tells of problems that come again and again: the first time at once, then at most once a minute
/// with how often it was.
///
/// **Thread:** any.
final class RepeatedProblems {
  private static final long INTERVAL_NS = 60_000_000_000L;

  /// Problems that are told apart. What a stranger sends may be in their text, so that there is no
  /// end of them.
  private static final int MAX_KNOWN = 64;

  private static final class Known {
    private long toldNs;
    private int untold;
  }

  private final Consumer<String> teller;
  private final LongSupplier clockNs;
  private final Map<String, Known> known =
      new LinkedHashMap<>(MAX_KNOWN, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MAX_KNOWN;
        }
      };

  /// @param teller is given one line at a time
  RepeatedProblems(Consumer<String> teller, LongSupplier clockNs) {
    this.teller = teller;
    this.clockNs = clockNs;
  }

  synchronized void tell(String problem) {
    String line = Quoted.plain(problem);
    long nowNs = clockNs.getAsLong();
    Known before = known.get(line);
    if (before == null) {
      Known first = new Known();
      first.toldNs = nowNs;
      known.put(line, first);
      teller.accept(line);
      return;
    }
    before.untold++;
    if (nowNs - before.toldNs >= INTERVAL_NS) {
      before.toldNs = nowNs;
      tellUntold(line, before);
    }
  }

  /// Tells how often it was since each was last told.
  synchronized void tellRest() {
    known.forEach(this::tellUntold);
  }

  private void tellUntold(String line, Known problem) {
    if (problem.untold > 0) {
      teller.accept(
          "%s (%s more)".formatted(line, problem.untold == 1 ? "once" : problem.untold + " times"));
      problem.untold = 0;
    }
  }
}
