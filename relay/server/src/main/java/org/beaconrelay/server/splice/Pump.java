package org.beaconrelay.server.splice;

import org.beaconrelay.server.linux.Errno;
import org.beaconrelay.server.linux.Readiness;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.server.splice.Flow.Side;
import org.jspecify.annotations.Nullable;

/// Executes a [Flow]: one direction of a pair, end to pipe to end.
///
/// **Thread:** data plane, shard-confined. **Owns:** the pipe it leases; not the sockets.
final class Pump {
  /// Records of outer TLS after which the other descriptors of the loop come first: each costs
  /// time, however few bytes are in it.
  private static final int TURN_RECORDS = 64;

  /// A bulk flow rests behind a fill that is no smaller, so that the next one is larger still...
  private static final int REST_MIN_FILL_BYTES = 32 << 10;

  /// ... and no larger: then there may be more right now, and one call moves enough.
  private static final int REST_MAX_FILL_BYTES = 512 << 10;

  /// Bytes one way, and none the other, after which a flow is bulk: nobody waits for an answer.
  private static final int BULK_BYTES = 256 << 10;

  /// A sink that takes so much in [#FAST_NS] may have a long queue: fewer wake-ups for more bytes
  /// each. More than an end can be given that reads nothing, by its receive buffer and
  /// [org.beaconrelay.server.linux.ListenSocket#UNSENT_BYTES].
  static final int FAST_BYTES = 1 << 20;

  static final long FAST_NS = 100_000_000;

  private static final int SOURCE_ENDING =
      Readiness.END_OF_STREAM | Readiness.HANG_UP | Readiness.ERROR;

  final Splice splice;
  final Flow flow = new Flow();
  final SpliceEnd source;
  final SpliceEnd sink;

  // Where it stands in a PumpQueue.
  @Nullable PumpQueue queue;
  @Nullable Pump previous;
  @Nullable Pump next;

  /// It had to wait for a pipe, and was told that there is one.
  boolean resumed;

  private final SpliceEngine engine;
  private final @Nullable Throttle throttle;
  private int grantedBytes = Integer.MAX_VALUE;
  private @Nullable Pipe pipe;
  private boolean pipesScarce;
  private int recordsThisTurn;
  private long oneWayFromBytes;
  private boolean restDue;
  private long timedFromNs;
  private long timedFromBytes;
  private boolean sinkIsFast;

  /// The source's FIN may be here without a further event to tell of it: only its 0 ends the
  /// reading. So it is at first, because the event may have been spent on the announce.
  private boolean finMayBeHere = true;

  /// @param throttle how fast it may be, or null: as fast as it can
  Pump(
      Splice splice,
      SpliceEngine engine,
      SpliceEnd source,
      SpliceEnd sink,
      @Nullable Throttle throttle) {
    this.throttle = throttle;
    this.splice = splice;
    this.engine = engine;
    this.source = source;
    this.sink = sink;
  }

  /// Where its pipes are from. What TLS is put on or taken off has to pass through memory.
  PipePool pipes() {
    return isTunnelled() ? engine.tunnelPipes() : engine.pipes();
  }

  private boolean isTunnelled() {
    return source.tunnel() != null || sink.tunnel() != null;
  }

  void onSourceReady(int readiness) {
    finMayBeHere |= (readiness & SOURCE_ENDING) != 0;
    flow.sourceReady();
  }

  /// Moves bytes until the flow has to wait, is over, or has had its turn.
  ///
  /// @param nowNs the clock
  /// @return bytes delivered
  long run(long nowNs) {
    if (queue != null) {
      return 0; // its turn comes
    }
    long deliveredBefore = flow.deliveredBytes();
    if (!sinkIsFast && nowNs - timedFromNs > FAST_NS) {
      timedFromNs = nowNs;
      timedFromBytes = deliveredBefore;
    }
    recordsThisTurn = 0;
    boolean going = true;
    while (going) {
      going =
          switch (flow.next()) {
            case FILL -> mayFill(deliveredBefore, nowNs) && fill(nowNs);
            case FLUSH -> flush();
            case SHUT_SINK -> shutSink();
            case AWAIT_SOURCE, AWAIT_SINK, DONE -> false;
          };
    }
    if (!sinkIsFast && flow.deliveredBytes() - timedFromBytes >= FAST_BYTES) {
      sinkIsFast = true;
      engine.syscalls().queueAtWill(sink.fd());
    }
    releasePipe();
    passTurnOn();
    return flow.deliveredBytes() - deliveredBefore;
  }

  private boolean mayFill(long deliveredBefore, long nowNs) {
    if (restDue) {
      restDue = false;
      if (engine.rests().take(this)) {
        return false;
      }
    }
    boolean hasMoved = flow.deliveredBytes() > deliveredBefore;
    if ((hasMoved && engine.turns().isRoundOver())
        || (isTunnelled() && ++recordsThisTurn > TURN_RECORDS)) {
      engine.turns().add(this);
      return false;
    }
    return throttle == null || isGranted(throttle, nowNs);
  }

  private boolean isGranted(Throttle limit, long nowNs) {
    grantedBytes = limit.grantBytes(this, nowNs);
    if (grantedBytes > 0) {
      return true;
    }
    engine.counters().increment(Counter.RATE_WAITS);
    letNextWaiterTry();
    return false;
  }

  /// The other direction has moved bytes: these may be answers that somebody waits for.
  void endOneWay() {
    oneWayFromBytes = flow.deliveredBytes();
  }

  private boolean isBulk() {
    return flow.deliveredBytes() - oneWayFromBytes >= BULK_BYTES;
  }

  private boolean fill(long nowNs) {
    if (pipe == null) {
      pipe = pipes().lease();
      pipesScarce = pipe == null;
    }
    // Where pipes are scarce, a flow whose sink is full must not get stuck with one of the last.
    if (pipesScarce) {
      if (!engine.syscalls().isWritable(sink.fd())) {
        flow.flushBlocked();
        return true;
      }
      if (!pipes().isReserveWhole(pipe) && !isSinkShort()) {
        awaitShorterSink();
        return false;
      }
    }
    if (pipe == null) {
      pipe = pipes().leaseReserved();
    }
    if (pipe == null) {
      engine.counters().increment(Counter.PIPE_WAITS);
      pipes().await(this);
      return false;
    }
    int roomBytes = pipesScarce ? PipePool.SURE_BYTES : pipe.capacityBytes();
    int lengthBytes = Math.min(Math.min(roomBytes, grantedBytes), engine.turns().fillBytes());
    long filled = pipe.fill(source, lengthBytes);
    if (filled >= 0) {
      flow.filled((int) filled);
      engine.turns().taken((int) filled);
      if (throttle != null) {
        throttle.taken((int) filled, nowNs);
      }
      restDue =
          isBulk()
              && filled >= REST_MIN_FILL_BYTES
              && filled <= REST_MAX_FILL_BYTES
              && filled < lengthBytes;
      if (hasDrainedSource(pipe, filled, lengthBytes)) {
        flow.fillBlocked(); // saves the call that would only answer EAGAIN
      }
    } else if (filled == -Errno.EAGAIN) {
      finMayBeHere = false;
      flow.fillBlocked();
    } else {
      flow.failed(Side.SOURCE, (int) -filled);
    }
    return true;
  }

  private boolean isSinkShort() {
    return engine.syscalls().sendQueueBytes(sink.fd()) < PipePool.SURE_BYTES;
  }

  /// No event tells of it: it looks again a moment later.
  private void awaitShorterSink() {
    engine.counters().increment(Counter.PIPE_WAITS);
    engine.rests().add(this);
    letNextWaiterTry();
  }

  /// Whoever waits for a pipe need not wait for this pump, which was to have one.
  private void letNextWaiterTry() {
    if (resumed) {
      resumed = false;
      pipes().resumeNext();
    }
  }

  /// Of TLS a fill takes a record, and others may be there.
  private boolean hasDrainedSource(Pipe filledPipe, long filled, int lengthBytes) {
    return filled < Math.min(lengthBytes, filledPipe.roomyFillBytes())
        && filled > 0
        && !finMayBeHere
        && source.tunnel() == null;
  }

  private boolean flush() {
    assert pipe != null : flow;
    long flushed = pipe.flush(sink, flow.inPipeBytes());
    if (flushed > 0) {
      flow.flushed((int) flushed);
    } else if (flushed == -Errno.EAGAIN) {
      flow.flushBlocked();
    } else {
      flow.failed(Side.SINK, (int) -flushed);
    }
    return true;
  }

  private boolean shutSink() {
    Tunnel tunnel = sink.tunnel();
    int result =
        tunnel == null ? engine.syscalls().shutdownWrite(sink.fd()) : tunnel.shutdownWrite();
    if (result == -Errno.EAGAIN) {
      return false; // a close_notify needs room
    }
    if (result < 0) {
      flow.failed(Side.SINK, result == -Errno.ENOTCONN ? whyGone(sink) : -result);
    } else {
      flow.sinkShut();
    }
    return true;
  }

  /// Why a socket has no connection any more: it says so once.
  private int whyGone(SpliceEnd end) {
    int errno = engine.syscalls().takeError(end.fd());
    return errno > 0 ? errno : Errno.ECONNRESET;
  }

  /// Whether it has to wait until the source is ready.
  boolean awaitsSource() {
    return flow.next() == Flow.Step.AWAIT_SOURCE;
  }

  /// Whether it has to wait until the sink is ready.
  boolean awaitsSink() {
    return switch (flow.next()) {
      case AWAIT_SINK, SHUT_SINK -> true; // what has not been done by now had no room
      case FILL, FLUSH, AWAIT_SOURCE, DONE -> false;
    };
  }

  /// Gives the pipe back if nothing is in it that is still to be delivered.
  private void releasePipe() {
    if (pipe == null || (flow.inPipeBytes() > 0 && !flow.isOver())) {
      return;
    }
    if (flow.inPipeBytes() == 0) {
      pipes().giveBack(pipe);
    } else {
      pipes().discard(pipe);
    }
    pipe = null;
  }

  private void passTurnOn() {
    if (queue == null) {
      letNextWaiterTry();
    }
  }

  /// Gives everything back, whatever the flow is at.
  void close() {
    engine.rests().forget(this);
    if (queue != null) {
      queue.remove(this);
    }
    if (pipe != null) {
      pipes().discard(pipe);
      pipe = null;
    }
    passTurnOn();
  }
}
