package org.beaconrelay.server;

import java.util.function.Consumer;
import org.beaconrelay.server.linux.Syscalls;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.server.metrics.Counters;
import org.beaconrelay.server.rendezvous.Deadline;
import org.beaconrelay.server.splice.PipePool;
import org.beaconrelay.server.splice.Rates;
import org.beaconrelay.server.splice.Rests;
import org.beaconrelay.server.splice.SpliceEngine;
import org.beaconrelay.server.splice.Turns;
import org.beaconrelay.server.transport.Alarm;
import org.beaconrelay.server.transport.EventLoop;
import org.jspecify.annotations.Nullable;

/// The splices of a shard: what they share, how many there are, and what has those go on that wait
/// for something else than their sockets: for their turn, the end of a rest, a tick of the rates.
///
/// **Thread:** shard-confined, but for the constructor.
final class Splicing {
  /// How long a pipe that nobody needs is kept, at least; at most twice as long.
  private static final long TRIM_NS = 2_000_000_000L;

  /// What a buffer between an end that keeps its TLS on and the other holds: the content of a
  /// record (RFC 8446, section 5.1).
  private static final int TUNNEL_PIPE_BYTES = 1 << 14;

  /// How long bulk flows rest, so that the next wake-up moves more bytes of more of them.
  private static final long REST_NS = 1_000_000;

  private final SpliceEngine engine;
  private final Deadlines deadlines;
  private final Alarm restsOver;
  private final @Nullable Alarm ratesDue;
  private final Deadline trimDue = new Deadline(this::trimPipes);
  private int openPairs;
  private long endedBytes;

  /// @param onBug is told what an action throws, which it must not
  Splicing(
      EventLoop loop,
      Deadlines deadlines,
      Syscalls syscalls,
      Counters<Counter> counters,
      RelaySettings settings,
      TotalRates totalRates,
      Consumer<Throwable> onBug) {
    this.deadlines = deadlines;
    this.restsOver = new Alarm(loop, this::runRests, onBug);
    this.ratesDue = isLimited(settings.limits()) ? new Alarm(loop, this::runRates, onBug) : null;
    EngineSettings engineSettings = settings.engine();
    boolean copy = engineSettings.dataPath() == DataPath.COPY;
    Turns turns = new Turns(() -> loop.execute(this::runTurns));
    this.engine =
        new SpliceEngine(
            syscalls,
            newPipes(syscalls, turns, engineSettings, copy, engineSettings.pipeSizeBytes()),
            newPipes(syscalls, turns, engineSettings, true, TUNNEL_PIPE_BYTES),
            turns,
            new Rests(() -> restsOver.set(REST_NS)),
            newRates(ratesDue, settings.limits(), totalRates),
            counters);
  }

  private static boolean isLimited(LimitSettings limits) {
    return limits.bytesPerSecondPerPair() > 0 || limits.bytesPerSecond() > 0;
  }

  private static @Nullable Rates newRates(
      @Nullable Alarm tick, LimitSettings limits, TotalRates total) {
    return tick == null
        ? null
        : new Rates(
            () -> tick.set(Rates.TICK_NS),
            limits.bytesPerSecondPerPair(),
            total.toBroker(),
            total.toBridge());
  }

  private static PipePool newPipes(
      Syscalls syscalls, Turns turns, EngineSettings settings, boolean copy, int pipeSizeBytes) {
    return new PipePool(
        syscalls,
        turns,
        copy,
        pipeSizeBytes,
        settings.pipeBudgetBytes() / settings.eventLoops(),
        settings.maxPipes() / settings.eventLoops());
  }

  SpliceEngine engine() {
    return engine;
  }

  /// There is a pair more.
  void onPairOpened() {
    engine.counters().increment(Counter.PAIRS_OPENED);
    openPairs++;
    if (!trimDue.isScheduled()) {
      deadlines.schedule(trimDue, TRIM_NS);
    }
  }

  /// There is one less.
  ///
  /// @param deliveredBytes both ways
  void onPairEnded(long deliveredBytes) {
    engine.counters().increment(Counter.PAIRS_CLOSED);
    openPairs--;
    endedBytes += deliveredBytes;
  }

  int openPairs() {
    return openPairs;
  }

  /// What pairs that have ended had delivered.
  long endedBytes() {
    return endedBytes;
  }

  /// What has been delivered by all pairs there were.
  long movedBytes() {
    Counters<Counter> counters = engine.counters();
    return counters.get(Counter.BYTES_TO_BROKER) + counters.get(Counter.BYTES_TO_BRIDGE);
  }

  /// @param waitingLinks what the shard holds besides pipes
  ShardStatus status(int waitingLinks) {
    PipePool pipes = engine.pipes();
    PipePool tunnelPipes = engine.tunnelPipes();
    return new ShardStatus(
        waitingLinks,
        pipes.leasedCount() + tunnelPipes.leasedCount(),
        pipeCount(),
        pipes.capacityBytes() + tunnelPipes.capacityBytes());
  }

  private int pipeCount() {
    return engine.pipes().count() + engine.tunnelPipes().count();
  }

  private void trimPipes() {
    engine.pipes().trim();
    engine.tunnelPipes().trim();
    if (openPairs > 0 || pipeCount() > 0) {
      deadlines.schedule(trimDue, TRIM_NS);
    }
  }

  private void runTurns() {
    engine.turns().run(deadlines.nowNs());
  }

  private void runRates() {
    Rates rates = engine.rates();
    if (rates != null) {
      rates.run(deadlines.nowNs());
    }
  }

  private void runRests() {
    engine.rests().endAll(engine.turns());
  }

  /// Closes the pipes, when no pair is left.
  void stop() {
    engine.pipes().close();
    engine.tunnelPipes().close();
  }

  /// Keeps time no more, when no pair can come any more.
  void closeAlarms() {
    restsOver.close();
    if (ratesDue != null) {
      ratesDue.close();
    }
  }
}
