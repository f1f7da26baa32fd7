package org.beaconrelay.server;

import java.net.InetSocketAddress;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.admission.Stay;
import org.beaconrelay.server.linux.Errno;
import org.beaconrelay.server.linux.PackedAddress;
import org.beaconrelay.server.linux.Readiness;
import org.beaconrelay.server.linux.TcpInfo;
import org.beaconrelay.server.metrics.Timing;
import org.beaconrelay.server.rendezvous.Deadline;
import org.beaconrelay.server.rendezvous.Liveness;
import org.beaconrelay.server.rendezvous.Waiter;
import org.beaconrelay.server.rendezvous.WaitingLink;
import org.beaconrelay.server.splice.SpliceEnd;
import org.beaconrelay.server.splice.Tunnel;
import org.beaconrelay.server.transport.OuterTls;
import org.beaconrelay.server.transport.ReadyListener;
import org.beaconrelay.server.transport.Watch;
import org.jspecify.annotations.Nullable;

/// One endpoint's connection, from accept to close; its life is in [LinkState].
///
/// **Thread:** confined to one shard at a time: the one that accepted it, then the one that its
/// info_hash belongs to. **Owns:** its socket.
final class Link extends Stay implements ReadyListener, SpliceEnd, Waiter {
  /// What is reported of every link, always.
  private static final int ALWAYS = Readiness.END_OF_STREAM | Readiness.EDGE_TRIGGERED;

  private static final int ENDING = Readiness.END_OF_STREAM | Readiness.HANG_UP | Readiness.ERROR;

  private final int fd;
  private PackedAddress source;
  private @Nullable PackedAddress proxiedDestination;
  private final long openedMs = System.currentTimeMillis();

  /// By [System#nanoTime]: when it was accepted, had announced, or began to wait, whichever was
  /// last.
  private long sinceNs = System.nanoTime();

  private Shard shard;
  private LinkState state = LinkState.ANNOUNCING;
  private int watchedFor = Readiness.READABLE;
  private @Nullable Watch watch;
  private @Nullable Deadline deadline;
  private @Nullable OuterTls tls;
  private boolean exact;
  private boolean keepsTls;
  private @Nullable Tunnel tunnel;
  private @Nullable Opening opening;
  private @Nullable WaitingLink place;
  private @Nullable Pair pair;
  private @Nullable Rejection rejection;

  // Where it stands in its shard's LinkList.
  @Nullable Link previous;
  @Nullable Link next;

  Link(Shard shard, int fd, PackedAddress source) {
    this.shard = shard;
    this.fd = fd;
    this.source = source;
  }

  // ---- coming in

  /// Begins with a link that was just accepted.
  ///
  /// @param withinLimit whether it is one of as many links as there may be
  void start(boolean withinLimit) {
    shard.links().add(this);
    opening = new Opening(this, shard, withinLimit);
    opening.start();
    if (opening != null) {
      schedule(shard.limits().handshakeNs());
    }
    // Mostly the announce is there already, and belongs elsewhere: then nothing is ever watched
    // here.
    if (state == LinkState.ANNOUNCING || state == LinkState.PROVING) {
      ensureWatched();
    }
  }

  /// A proxy says that the link is from elsewhere.
  void comesFrom(PackedAddress proxiedSource, @Nullable PackedAddress destination) {
    source = proxiedSource;
    proxiedDestination = destination;
  }

  /// Begins with its outer TLS.
  ///
  /// @return null if the relay has none
  @Nullable OuterTls beginTls() {
    tls = shard.newOuterTls(() -> onReady(Readiness.READABLE));
    return tls;
  }

  /// Is let in with what it has announced.
  void admit(Announce announce) {
    move(LinkState.Event.ANNOUNCED);
    opening = null;
    keepsTls = announce.tunnel();
    exact = announce.exact() && !keepsTls; // it has nothing to switch over to
    shard.gate().settle(this);
    long nowNs = System.nanoTime();
    shard.timings().get(Timing.HANDSHAKE).record(nowNs - sinceNs);
    sinceNs = nowNs;
    unschedule();
    shard.route(this, announce);
  }

  /// Leaves the shard's thread for that of another.
  void leaveShard() {
    endWatch();
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
  /// @param open whether the endpoint has yet to say that it sends no more
  void park(WaitingLink place, long waitNs, boolean open) {
    move(LinkState.Event.PARKED);
    sinceNs = System.nanoTime();
    this.place = place;
    if (!open || !send(new Frame.Waiting())) {
      close(CloseReason.WITHDRAWN);
      return;
    }
    if (waitNs > 0) {
      schedule(waitNs);
    }
    ensureWatched();
    if (tls != null) {
      tls.expectLittle(keepsTls);
      hear(tls); // what stood behind the announce is not reported again
    }
  }

  /// Takes what a waiting endpoint says inside TLS: its close_notify, by which it withdraws, or, if
  /// it is exact, begins to send raw early data. Early data inside TLS may only come from who keeps
  /// it on; the first record of it is held, and no further one is taken.
  private void hear(OuterTls outer) {
    int heard = outer.listen(shard.tlsBuffers(), fd);
    if (heard > 0) {
      if (!keepsTls) {
        reject(RejectReason.MALFORMED);
      }
    } else if (outer.hasFailed()) {
      refuse(CloseReason.TLS_FAILED, true);
    } else if (heard != -Errno.EAGAIN && !(exact && outer.isCloseNotified())) {
      close(heard == -Errno.ETIMEDOUT ? CloseReason.SILENT : CloseReason.WITHDRAWN);
    }
  }

  @Override
  public Liveness liveness() {
    TcpInfo info = tcpInfo();
    if (!info.isEstablished()) {
      return Liveness.GONE;
    }
    return info.isUnanswered() ? Liveness.SUSPECT : Liveness.ALIVE;
  }

  /// How the kernel sees its connection.
  TcpInfo tcpInfo() {
    return shard.syscalls().tcpInfo(fd);
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

  /// Takes the outer TLS off, if there is one that does not stay on, and tells the pair when that
  /// is done. The endpoint has been told PAIRED.
  void switchOver(Pair joined) {
    if (tls != null && keepsTls) {
      tunnel = tls.toTunnel(shard.tlsBuffers(), fd);
      tls = null;
    }
    if (tls == null) {
      move(LinkState.Event.SWITCHED);
      joined.onSwitched();
    } else if (tls.sendCloseNotify(shard.tlsBuffers(), fd)) {
      schedule(shard.limits().handshakeNs());
      awaitCloseNotify(tls, joined);
    } else {
      joined.lose(this, CloseReason.RESET);
    }
  }

  private void awaitCloseNotify(OuterTls outer, Pair joined) {
    int heard = receive(new byte[1], 0, 1);
    if (heard == 0 && outer.isCloseNotified()) {
      tls = null;
      unschedule();
      move(LinkState.Event.SWITCHED);
      joined.onSwitched();
    } else if (heard != -Errno.EAGAIN) {
      boolean broken = heard < 0 && !outer.hasFailed();
      joined.lose(this, broken ? Pair.reasonOf(-heard) : CloseReason.SWITCH_FAILED);
    }
  }

  /// Whether bytes may be moved.
  boolean isSwitched() {
    return state == LinkState.PAIRED;
  }

  // ---- ending

  /// Turns the link away: tells it why, and lets it end by itself for a second, so that no reset
  /// destroys the frame (PROTOCOL.md, section 4).
  void reject(RejectReason reason) {
    reject(reason, CloseReason.of(reason));
  }

  /// @param recorded why the link has ended, for the operator
  void reject(RejectReason reason, CloseReason recorded) {
    boolean told =
        send(new Frame.Rejected(reason))
            && (tls == null || tls.sendCloseNotify(shard.tlsBuffers(), fd));
    refuse(recorded, told);
  }

  /// @param told whether there is anything that must not be destroyed by a reset
  private void refuse(CloseReason recorded, boolean told) {
    move(LinkState.Event.REJECTED);
    withdraw();
    abandonOpening();
    tls = null;
    if (told) {
      rejection = new Rejection(this, shard, recorded);
      rejection.start();
    } else {
      close(recorded);
    }
  }

  /// Tells the link why it is turned away, and ends it at once.
  void tellAndClose(RejectReason reason) {
    boolean _ = send(new Frame.Rejected(reason));
    shard.syscalls().discard(fd, Rejection.DISCARD_BYTES);
    close(CloseReason.of(reason));
  }

  /// Ends a link that does not go on: with what is left of its outer TLS to be said, if that is
  /// what has failed.
  void breakOff(CloseReason reason) {
    if (tls != null && tls.hasFailed()) {
      refuse(CloseReason.TLS_FAILED, true);
    } else {
      close(reason);
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
    withdraw();
    abandonOpening();
    unschedule();
    LinkRecord ended = shard.isObserved() ? toRecord(System.currentTimeMillis(), reason) : null;
    if (watch != null) {
      watch.close();
    } else {
      shard.syscalls().close(fd);
    }
    shard.onLinkClosed(this, ended, reason);
  }

  /// Ends the link, and its counterpart's if it has one, because the relay stops.
  void stop() {
    if (pair != null) {
      pair.end(CloseReason.STOPPED);
    } else if (rejection != null) {
      rejection.end();
    } else {
      reset(CloseReason.STOPPED);
    }
  }

  PackedAddress packedSource() {
    return source;
  }

  InetSocketAddress source() {
    return source.unpack();
  }

  /// Where it has reached the relay, or the proxy before it.
  InetSocketAddress destination() {
    return proxiedDestination == null
        ? shard.syscalls().localAddress(fd).unpack()
        : proxiedDestination.unpack();
  }

  /// When it was accepted, in milliseconds since 1970.
  long openedMs() {
    return openedMs;
  }

  /// By [System#nanoTime]: when it was accepted, had announced, or began to wait, whichever was
  /// last.
  long sinceNs() {
    return sinceNs;
  }

  @Nullable OuterTls tls() {
    return tls;
  }

  LinkState state() {
    return state;
  }

  /// Whether it can be found by a counterpart.
  boolean holdsPlace() {
    return place != null && place.isWaiting();
  }

  @Nullable Pair pair() {
    return pair;
  }

  /// What the link, which is open, is at the moment.
  LinkRecord toRecord() {
    return toRecord(0, null);
  }

  private LinkRecord toRecord(long closedMs, @Nullable CloseReason reason) {
    if (pair != null) {
      return pair.recordOf(this, closedMs, reason);
    }
    Announce unproved = opening == null ? null : opening.unproved();
    Role role = null;
    InfoHash infoHash = null;
    if (place != null) {
      role = place.role();
      infoHash = place.infoHash();
    } else if (unproved != null) {
      role = unproved.role();
      infoHash = unproved.infoHash();
    }
    return new LinkRecord(
        role, infoHash, source(), destination(), openedMs, 0, closedMs, 0, 0, 0, reason);
  }

  private void withdraw() {
    if (place != null) {
      shard.rendezvous().withdraw(place);
    }
  }

  private void abandonOpening() {
    if (opening != null) {
      opening.abandon();
      opening = null;
    }
  }

  // ---- events

  @Override
  public void onReady(int readiness) {
    switch (state) {
      case ANNOUNCING, PROVING -> {
        if (opening != null) {
          opening.onReady();
        }
      }
      case WAITING -> {
        if (tls != null && !tls.isCloseNotified() && !tls.hasPlaintext()) {
          hear(tls);
        } else {
          // Early data makes it readable, and stays where it is: no need to hear of each segment.
          watchFor(0);
        }
        if (state == LinkState.WAITING
            && (readiness & ENDING) != 0
            && liveness() == Liveness.GONE) {
          boolean silent = shard.syscalls().takeError(fd) == Errno.ETIMEDOUT;
          close(silent ? CloseReason.SILENT : CloseReason.WITHDRAWN);
        }
      }
      case SWITCHING -> {
        if (tls != null && pair != null) {
          awaitCloseNotify(tls, pair);
          if (state == LinkState.PAIRED) {
            pair.onReady(this, readiness); // it may have been reset right behind that
          }
        }
      }
      case PAIRED -> {
        if (pair != null) {
          pair.onReady(this, readiness);
        }
      }
      case REFUSING -> {
        if (rejection != null) {
          rejection.onReady();
        }
      }
      case VERIFYING, ROUTING, CLOSED -> {} // meant for whoever had the descriptor before
    }
  }

  private void onDeadline() {
    switch (state) {
      case ANNOUNCING, PROVING, VERIFYING -> {
        if (opening != null) {
          opening.onDeadline();
        }
      }
      case WAITING -> reject(RejectReason.WAIT_TIMEOUT);
      case SWITCHING -> {
        if (pair != null) {
          pair.lose(this, CloseReason.SWITCH_FAILED);
        }
      }
      case REFUSING -> {
        if (rejection != null) {
          rejection.end();
        }
      }
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

  void move(LinkState.Event event) {
    LinkState after = state.after(event);
    if (after == null) {
      throw new IllegalStateException(event + " in " + state);
    }
    state = after;
  }

  /// Sends a frame. It fits in the empty send buffer of a link that was sent a challenge and one
  /// other frame at most.
  ///
  /// @return false if the link is broken
  boolean send(Frame frame) {
    return send(frame.toBytes());
  }

  boolean send(byte[] bytes) {
    if (tls == null) {
      return shard.syscalls().send(fd, bytes) == bytes.length;
    }
    return tls.isEstablished() && tls.send(shard.tlsBuffers(), fd, bytes);
  }

  int receive(byte[] target, int offset, int length) {
    return tls == null
        ? shard.syscalls().receive(fd, target, offset, length)
        : tls.receive(shard.tlsBuffers(), fd, target, offset, length);
  }

  @Override
  public @Nullable Tunnel tunnel() {
    return tunnel;
  }

  void ensureWatched() {
    if (watch == null) {
      watch = shard.loop().watch(fd, watchedFor | ALWAYS, this);
    }
  }

  void endWatch() {
    if (watch != null) {
      watch.release();
      watch = null;
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

  void schedule(long delayNs) {
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
