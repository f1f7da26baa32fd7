package org.beaconrelay.server.splice;

import org.beaconrelay.server.linux.Errno;
import org.beaconrelay.server.linux.Readiness;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.server.splice.Flow.Side;
import org.jspecify.annotations.Nullable;

/// Executes a [Flow]: one direction of a pair, socket to pipe to socket.
///
/// **Thread:** data plane, shard-confined. **Owns:** the pipe it leases; not the sockets.
final class Pump {
  /// Bytes after which the other descriptors of the loop come first.
  private static final int TURN_BYTES = 4 << 20;

  /// A bulk flow rests behind a fill that is no smaller, so that the next one is larger still...
  private static final int REST_MIN_FILL_BYTES = 32 << 10;

  /// ... and no larger: then there may be more right now, and one call moves enough.
  private static final int REST_MAX_FILL_BYTES = 256 << 10;

  /// Bytes one way, and none the other, after which a flow is bulk: nobody waits for an answer.
  private static final int BULK_BYTES = 256 << 10;

  private static final int SOURCE_ENDING =
      Readiness.END_OF_STREAM | Readiness.HANG_UP | Readiness.ERROR;

  final Splice splice;
  final Flow flow = new Flow();
  final int sourceFd;
  final int sinkFd;

  // Where it stands in a PumpQueue.
  @Nullable PumpQueue queue;
  @Nullable Pump previous;
  @Nullable Pump next;

  /// It had to wait for a pipe, and was told that there is one.
  boolean resumed;

  private final SpliceEngine engine;
  private @Nullable Pipe pipe;
  private boolean pipesScarce;
  private long oneWayFromBytes;
  private boolean restDue;

  /// The source's FIN may be here without a further event to tell of it: only its 0 ends the
  /// reading. So it is at first, because the event may have been spent on the announce.
  private boolean finMayBeHere = true;

  Pump(Splice splice, SpliceEngine engine, int sourceFd, int sinkFd) {
    this.splice = splice;
    this.engine = engine;
    this.sourceFd = sourceFd;
    this.sinkFd = sinkFd;
  }

  void onSourceReady(int readiness) {
    finMayBeHere |= (readiness & SOURCE_ENDING) != 0;
    flow.sourceReady();
  }

  /// Moves bytes until the flow has to wait, is over, or has had its turn.
  ///
  /// @return bytes delivered
  long run() {
    if (queue != null) {
      return 0; // its turn comes
    }
    long deliveredBefore = flow.deliveredBytes();
    boolean going = true;
    while (going) {
      going =
          switch (flow.next()) {
            case FILL -> mayFill(deliveredBefore) && fill();
            case FLUSH -> flush();
            case SHUT_SINK -> shutSink();
            case AWAIT_SOURCE, AWAIT_SINK, DONE -> false;
          };
    }
    releasePipe();
    passTurnOn();
    return flow.deliveredBytes() - deliveredBefore;
  }

  private boolean mayFill(long deliveredBefore) {
    if (restDue) {
      restDue = false;
      engine.rests().add(this);
      return false;
    }
    if (flow.deliveredBytes() - deliveredBefore >= TURN_BYTES) {
      engine.turns().add(this);
      return false;
    }
    return true;
  }

  /// The other direction has moved bytes: these may be answers that somebody waits for.
  void endOneWay() {
    oneWayFromBytes = flow.deliveredBytes();
  }

  private boolean isBulk() {
    return flow.deliveredBytes() - oneWayFromBytes >= BULK_BYTES;
  }

  private boolean fill() {
    if (pipe == null) {
      pipe = engine.pipes().lease();
      pipesScarce = pipe == null;
    }
    // Where pipes are scarce, a flow whose sink is full must not get stuck with one of the last.
    if (pipesScarce && !engine.syscalls().isWritable(sinkFd)) {
      flow.flushBlocked();
      return true;
    }
    if (pipe == null) {
      pipe = engine.pipes().leaseReserved();
    }
    if (pipe == null) {
      engine.counters().increment(Counter.PIPE_WAITS);
      engine.pipes().await(this);
      return false;
    }
    int lengthBytes = pipesScarce ? PipePool.SURE_BYTES : pipe.capacityBytes();
    long filled = pipe.fill(sourceFd, lengthBytes);
    if (filled >= 0) {
      flow.filled((int) filled);
      restDue =
          isBulk()
              && filled >= REST_MIN_FILL_BYTES
              && filled <= REST_MAX_FILL_BYTES
              && filled < lengthBytes;
      if (filled < Math.min(lengthBytes, pipe.roomyFillBytes()) && filled > 0 && !finMayBeHere) {
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

  private boolean flush() {
    assert pipe != null : flow;
    long flushed = pipe.flush(sinkFd, flow.inPipeBytes());
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
    int result = engine.syscalls().shutdownWrite(sinkFd);
    if (result < 0) {
      flow.failed(Side.SINK, -result);
    } else {
      flow.sinkShut();
    }
    return true;
  }

  /// Gives the pipe back if nothing is in it that is still to be delivered.
  private void releasePipe() {
    if (pipe == null || (flow.inPipeBytes() > 0 && !flow.isOver())) {
      return;
    }
    if (flow.inPipeBytes() == 0) {
      engine.pipes().giveBack(pipe);
    } else {
      engine.pipes().discard(pipe);
    }
    pipe = null;
  }

  private void passTurnOn() {
    if (resumed && queue == null) {
      resumed = false;
      engine.pipes().resumeNext();
    }
  }

  /// Gives everything back, whatever the flow is at.
  void close() {
    if (queue != null) {
      queue.remove(this);
    }
    if (pipe != null) {
      engine.pipes().discard(pipe);
      pipe = null;
    }
    passTurnOn();
  }
}
