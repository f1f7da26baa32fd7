package org.beaconrelay.server.splice;

/// One direction of a pair as a state machine: told what happened, it says what to do next. It
/// makes no system call and knows no descriptor.
///
/// | state | meaning | leaves when |
/// |---|---|---|
/// | OPEN | the source may still send | the source ends -> FLUSHING |
/// | FLUSHING | the source has ended, the pipe may hold bytes | pipe empty and sink shut -> SHUT |
/// | SHUT | done; terminal | |
/// | FAILED | an error was seen; terminal | |
///
/// What [#next] answers:
///
/// | state | pipe | | answer |
/// |---|---|---|---|
/// | OPEN, FLUSHING | holds bytes | sink takes more | FLUSH |
/// | OPEN, FLUSHING | holds bytes | sink full | AWAIT_SINK |
/// | OPEN | empty | source drained | AWAIT_SOURCE |
/// | OPEN | empty | sink full | AWAIT_SINK |
/// | OPEN | empty | | FILL |
/// | FLUSHING | empty | | SHUT_SINK |
/// | SHUT, FAILED | | | DONE |
///
/// The pipe is filled only when it is empty, so a flow whose sink is slow holds one filling and
/// takes no more, and a blocked fill never has to be told apart from a full pipe.
///
/// **Thread:** data plane, shard-confined.
public final class Flow {
  /// Where a flow is in its life.
  public enum State {
    OPEN,
    FLUSHING,
    SHUT,
    FAILED
  }

  /// What a flow wants done.
  public enum Step {
    /// Move bytes from the source into the empty pipe.
    FILL,
    /// Move what the pipe holds to the sink.
    FLUSH,
    /// Pass the FIN on.
    SHUT_SINK,
    /// Nothing to take until the source is ready.
    AWAIT_SOURCE,
    /// No room until the sink is ready.
    AWAIT_SINK,
    /// Nothing, ever again.
    DONE
  }

  /// An end of the flow.
  public enum Side {
    SOURCE,
    SINK
  }

  private State state = State.OPEN;
  private Side failedSide = Side.SOURCE;
  private int errno;
  private int inPipeBytes;
  private boolean sourceDrained;
  private boolean sinkFull;
  private long deliveredBytes;

  /// What to do now.
  public Step next() {
    return switch (state) {
      case OPEN -> inPipeBytes > 0 ? flushOrAwait() : fillOrAwait();
      case FLUSHING -> inPipeBytes > 0 ? flushOrAwait() : Step.SHUT_SINK;
      case SHUT, FAILED -> Step.DONE;
    };
  }

  private Step flushOrAwait() {
    return sinkFull ? Step.AWAIT_SINK : Step.FLUSH;
  }

  private Step fillOrAwait() {
    if (sourceDrained) {
      return Step.AWAIT_SOURCE;
    }
    return sinkFull ? Step.AWAIT_SINK : Step.FILL;
  }

  /// A fill moved `bytes` into the pipe; 0 is the end of the source's stream.
  public void filled(int bytes) {
    assert state == State.OPEN && inPipeBytes == 0 : this;
    inPipeBytes = bytes;
    if (bytes == 0) {
      state = State.FLUSHING;
    }
  }

  /// The source has nothing more for now: [Step#FILL] has to wait for [#sourceReady].
  public void fillBlocked() {
    assert state == State.OPEN : this;
    sourceDrained = true;
  }

  /// The source may have something, or its end.
  public void sourceReady() {
    sourceDrained = false;
  }

  /// A flush moved `bytes`, at least 1, out of the pipe: they are delivered.
  public void flushed(int bytes) {
    assert bytes > 0 && bytes <= inPipeBytes : this;
    inPipeBytes -= bytes;
    deliveredBytes += bytes;
  }

  /// The sink takes nothing for now: [Step#FLUSH] has to wait for [#sinkReady].
  public void flushBlocked() {
    assert state == State.OPEN || state == State.FLUSHING : this;
    sinkFull = true;
  }

  /// The sink may take more.
  public void sinkReady() {
    sinkFull = false;
  }

  /// The FIN has been passed on.
  public void sinkShut() {
    assert state == State.FLUSHING && inPipeBytes == 0 : this;
    state = State.SHUT;
  }

  /// An end is broken. What the pipe holds is lost. After SHUT it is of no consequence.
  public void failed(Side side, int errno) {
    if (state == State.OPEN || state == State.FLUSHING) {
      state = State.FAILED;
      failedSide = side;
      this.errno = errno;
    }
  }

  /// Where the flow is.
  public State state() {
    return state;
  }

  /// Which end broke; has a meaning in [State#FAILED] only.
  public Side failedSide() {
    return failedSide;
  }

  /// With which error; 0 unless [State#FAILED].
  public int errno() {
    return errno;
  }

  /// Bytes taken from the source and not yet delivered, 0 to the pipe's capacity.
  public int inPipeBytes() {
    return inPipeBytes;
  }

  /// Bytes given to the sink so far: what the kernel took, to the byte.
  public long deliveredBytes() {
    return deliveredBytes;
  }

  /// The source has ended and all it sent was delivered, or there was an error.
  public boolean isOver() {
    return state == State.SHUT || state == State.FAILED;
  }

  @Override
  public String toString() {
    return "Flow[%s inPipe=%d sourceDrained=%b sinkFull=%b delivered=%d errno=%d]"
        .formatted(state, inPipeBytes, sourceDrained, sinkFull, deliveredBytes, errno);
  }
}
