package org.beaconrelay.server;

import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.AnnounceCheck;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.server.linux.Errno;
import org.beaconrelay.server.linux.Readiness;
import org.beaconrelay.server.linux.TcpInfo;
import org.beaconrelay.server.rendezvous.Deadline;
import org.beaconrelay.server.rendezvous.Liveness;
import org.beaconrelay.server.rendezvous.Waiter;
import org.beaconrelay.server.rendezvous.WaitingLink;
import org.beaconrelay.server.splice.SpliceEnd;
import org.beaconrelay.server.transport.AnnounceReader;
import org.beaconrelay.server.transport.ReadyListener;
import org.beaconrelay.server.transport.Watch;
import org.jspecify.annotations.Nullable;

/// One endpoint's connection, from accept to close; its life is in [LinkState].
///
/// **Thread:** confined to one shard at a time: the one that accepted it, then the one that its
/// info_hash belongs to. **Owns:** its socket.
final class Link implements ReadyListener, SpliceEnd, Waiter {
  /// What is reported of every link, always.
  private static final int ALWAYS = Readiness.END_OF_STREAM | Readiness.EDGE_TRIGGERED;

  private static final int ENDING = Readiness.END_OF_STREAM | Readiness.HANG_UP | Readiness.ERROR;

  /// How long a link that was told REJECTED may take to end by itself (PROTOCOL.md, section 4).
  private static final long REFUSING_NS = 1_000_000_000L;

  /// What is thrown away of a refused link in one wake-up.
  private static final long DISCARD_BYTES = 1 << 20;

  private final int fd;
  private Shard shard;
  private LinkState state = LinkState.ANNOUNCING;
  private CloseReason closeReason = CloseReason.BUG;
  private int watchedFor = Readiness.READABLE;
  private @Nullable Watch watch;
  private @Nullable Deadline deadline;
  private @Nullable AnnounceReader announceReader;
  private @Nullable WaitingLink place;
  private @Nullable Pair pair;

  // Where it stands in its shard's LinkList.
  @Nullable Link previous;
  @Nullable Link next;

  Link(Shard shard, int fd) {
    this.shard = shard;
    this.fd = fd;
  }

  // ---- announcing

  /// Begins with a link that was just accepted.
  ///
  /// @param refusal why it is turned away at once, or null
  void start(@Nullable RejectReason refusal) {
    shard.links().add(this);
    if (refusal != null) {
      reject(refusal);
      return;
    }
    announceReader = new AnnounceReader();
    schedule(shard.limits().handshakeNs());
    // Mostly the announce is there already, and belongs elsewhere: then nothing is ever watched
    // here.
    readAnnounce(announceReader);
    if (state == LinkState.ANNOUNCING) {
      ensureWatched();
    }
  }

  private void readAnnounce(AnnounceReader reader) {
    switch (reader.read(shard.syscalls(), fd)) {
      case null -> close(CloseReason.UNANNOUNCED);
      case AnnounceCheck.Incomplete _ -> {}
      case AnnounceCheck.Refused(RejectReason reason) ->
          // A port check that comes and goes is no malformed announce, whatever it is answered.
          reject(reason, reader.isEmpty() ? CloseReason.UNANNOUNCED : CloseReason.of(reason));
      case AnnounceCheck.Complete(Announce announce) -> {
        move(LinkState.Event.ANNOUNCED);
        announceReader = null;
        unschedule();
        shard.route(this, announce);
      }
    }
  }

  /// Leaves the shard's thread for that of another.
  void leaveShard() {
    if (watch != null) {
      watch.release();
      watch = null;
    }
    shard.links().remove(this);
  }

  /// Belongs to `owner` from now on, whose thread this is.
  void enterShard(Shard owner) {
    shard = owner;
    owner.links().add(this);
  }

  // ---- waiting

  /// Waits for a counterpart.
  ///
  /// @param waitNs how long, 0 = without limit
  void park(WaitingLink place, long waitNs) {
    move(LinkState.Event.PARKED);
    this.place = place;
    if (!send(new Frame.Waiting())) {
      close(CloseReason.WITHDRAWN);
      return;
    }
    if (waitNs > 0) {
      schedule(waitNs);
    }
    ensureWatched();
  }

  @Override
  public Liveness liveness() {
    TcpInfo info = shard.syscalls().tcpInfo(fd);
    if (!info.isEstablished()) {
      return Liveness.GONE;
    }
    return info.isUnanswered() ? Liveness.SUSPECT : Liveness.ALIVE;
  }

  /// Whether a link that has just announced can still be paired. It may have sent its FIN behind
  /// early data: that is passed on, as long as it need not wait.
  boolean isPairable() {
    TcpInfo info = shard.syscalls().tcpInfo(fd);
    return info.isEstablished() || info.isCloseWait();
  }

  // ---- paired

  /// Is joined with its counterpart.
  void match(Pair joined) {
    move(LinkState.Event.MATCHED);
    unschedule();
    place = null;
    pair = joined;
    ensureWatched();
  }

  // ---- ending

  /// Turns the link away: tells it why, and lets it end by itself for a second, so that no reset
  /// destroys the frame (PROTOCOL.md, section 4).
  void reject(RejectReason reason) {
    reject(reason, CloseReason.of(reason));
  }

  private void reject(RejectReason reason, CloseReason recorded) {
    move(LinkState.Event.REJECTED);
    withdraw();
    announceReader = null;
    closeReason = recorded;
    if (!send(new Frame.Rejected(reason)) || shard.syscalls().shutdownWrite(fd) < 0) {
      close(recorded);
      return;
    }
    schedule(REFUSING_NS);
    ensureWatched();
    discard();
  }

  private void discard() {
    long discardedBytes = 0;
    long result;
    do {
      result = shard.syscalls().discard(fd, DISCARD_BYTES);
      discardedBytes += result;
    } while (result > 0 && discardedBytes < DISCARD_BYTES);
    if (result <= 0 && result != -Errno.EAGAIN) {
      close(closeReason);
    }
  }

  /// Ends the link with a reset.
  void reset(CloseReason reason) {
    shard.syscalls().lingerZero(fd);
    close(reason);
  }

  /// Ends the link: what it was sent is delivered, and then a FIN.
  void close(CloseReason reason) {
    move(LinkState.Event.ENDED);
    closeReason = reason;
    withdraw();
    unschedule();
    if (watch != null) {
      watch.close();
    } else {
      shard.syscalls().close(fd);
    }
    shard.onLinkClosed(this);
  }

  /// Ends the link, and its counterpart's if it has one, because the relay stops.
  void stop() {
    if (pair != null) {
      pair.end(CloseReason.STOPPED);
    } else if (state == LinkState.REFUSING) {
      close(closeReason);
    } else {
      reset(CloseReason.STOPPED);
    }
  }

  /// What the link came to.
  LinkRecord toRecord() {
    return pair == null
        ? new LinkRecord(place == null ? null : place.role(), 0, 0, 0, closeReason)
        : pair.recordOf(this, closeReason);
  }

  private void withdraw() {
    if (place != null) {
      shard.rendezvous().withdraw(place);
    }
  }

  // ---- events

  @Override
  public void onReady(int readiness) {
    switch (state) {
      case ANNOUNCING -> {
        if (announceReader != null) {
          readAnnounce(announceReader);
        }
      }
      case WAITING -> {
        // Early data makes it readable, and stays where it is: no need to hear of each segment.
        watchFor(0);
        if ((readiness & ENDING) != 0 && liveness() == Liveness.GONE) {
          boolean silent = shard.syscalls().takeError(fd) == Errno.ETIMEDOUT;
          close(silent ? CloseReason.SILENT : CloseReason.WITHDRAWN);
        }
      }
      case PAIRED -> {
        if (pair != null) {
          pair.onReady(this, readiness);
        }
      }
      case REFUSING -> discard();
      case ROUTING, CLOSED -> {} // meant for whoever had the descriptor before
    }
  }

  private void onDeadline() {
    switch (state) {
      case ANNOUNCING -> reject(RejectReason.HANDSHAKE_TIMEOUT);
      case WAITING -> reject(RejectReason.WAIT_TIMEOUT);
      case REFUSING -> close(closeReason);
      case ROUTING, PAIRED, CLOSED -> throw new IllegalStateException("deadline in " + state);
    }
  }

  @Override
  public void onBug(Throwable bug) {
    shard.onBug(bug);
    if (pair != null) {
      pair.end(CloseReason.BUG);
    } else if (state != LinkState.CLOSED) {
      reset(CloseReason.BUG);
    }
  }

  // ---- parts of the above

  private void move(LinkState.Event event) {
    LinkState after = state.after(event);
    if (after == null) {
      throw new IllegalStateException(event + " in " + state);
    }
    state = after;
  }

  /// Sends a frame. It fits in the empty send buffer of a link that was sent one other frame at
  /// most.
  ///
  /// @return false if the link is broken
  boolean send(Frame frame) {
    return shard.syscalls().send(fd, frame.toBytes()) == Frame.LENGTH;
  }

  private void ensureWatched() {
    if (watch == null) {
      watch = shard.loop().watch(fd, watchedFor | ALWAYS, this);
    }
  }

  @Override
  public int watchedFor() {
    return watchedFor;
  }

  @Override
  public void watchFor(int readiness) {
    if (readiness != watchedFor && watch != null) {
      watch.watchFor(readiness | ALWAYS);
      watchedFor = readiness;
    }
  }

  private void schedule(long delayNs) {
    if (delayNs > 0) {
      if (deadline == null) {
        deadline = new Deadline(this::onDeadline);
      }
      shard.deadlines().schedule(deadline, delayNs);
    }
  }

  private void unschedule() {
    if (deadline != null) {
      shard.deadlines().cancel(deadline);
      deadline = null;
    }
  }

  @Override
  public int fd() {
    return fd;
  }
}
