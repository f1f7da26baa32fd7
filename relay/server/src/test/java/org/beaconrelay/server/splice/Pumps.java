package org.beaconrelay.server.splice;

import org.beaconrelay.server.linux.Syscalls;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.server.metrics.Counters;

/// Pumps without sockets: a turn of theirs ends their splice at once, and that can be seen.
final class Pumps {
  private static final int NO_FD = -1;

  private final SpliceEngine engine;

  Pumps(Turns turns) {
    Syscalls syscalls = new Syscalls();
    PipePool pipes = new PipePool(syscalls, turns, true, 4096, 65_536, 8);
    engine =
        new SpliceEngine(
            syscalls,
            pipes,
            pipes,
            turns,
            new Rests(() -> {}),
            null,
            new Counters<>(Counter.class));
  }

  Pumps() {
    this(new Turns(() -> {}));
  }

  /// @param onTurn called when the pump gets a turn
  Pump pump(Runnable onTurn) {
    return new Pump(
        new Splice(
            engine, new Turn(onTurn), SpliceEnd.unwatched(NO_FD), SpliceEnd.unwatched(NO_FD), 0),
        engine,
        SpliceEnd.unwatched(NO_FD),
        SpliceEnd.unwatched(NO_FD),
        null);
  }

  Pump pump() {
    return pump(() -> {});
  }

  private record Turn(Runnable action) implements Splice.Listener {
    @Override
    public void onHalfClosed(long nowNs) {}

    @Override
    public void onEnded() {
      action.run();
    }
  }
}
