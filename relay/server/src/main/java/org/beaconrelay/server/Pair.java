package org.beaconrelay.server;

import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.linux.Errno;
import org.beaconrelay.server.linux.Readiness;
import org.beaconrelay.server.rendezvous.Deadline;
import org.beaconrelay.server.splice.Flow;
import org.beaconrelay.server.splice.Splice;
import org.jspecify.annotations.Nullable;

/// Two links joined for the rest of their lives, and what ends them (PROTOCOL.md, section 8).
///
/// **Thread:** shard-confined.
final class Pair implements Splice.Listener {
  private static final long NEVER = Long.MAX_VALUE;

  private final Shard shard;
  private final long id;
  private final InfoHash infoHash;
  private final long pairedMs = System.currentTimeMillis();
  private final Link bridge;
  private final Link broker;
  private final Splice splice;
  private final Deadline deadline = new Deadline(this::onDeadline);
  private long halfClosedNs;
  private boolean running;
  private boolean over;

  Pair(Shard shard, long id, InfoHash infoHash, Link bridge, Link broker) {
    this.shard = shard;
    this.id = id;
    this.infoHash = infoHash;
    this.bridge = bridge;
    this.broker = broker;
    this.splice =
        new Splice(shard.splicing().engine(), this, bridge, broker, shard.deadlines().nowNs());
  }

  /// Has outer TLS taken off where it does not stay on, and then begins to move bytes. Those that
  /// come before wait in the kernel.
  void start() {
    bridge.switchOver(this);
    if (!over) {
      broker.switchOver(this);
    }
  }

  /// What one of the two sends from now on is its counterpart's.
  void onSwitched() {
    if (bridge.isSwitched() && broker.isSwitched()) {
      running = true;
      scheduleNext();
      splice.start(shard.deadlines().nowNs());
    }
  }

  void onReady(Link link, int readiness) {
    if (!running) {
      // The start looks at both ends anyway, but not for an error behind a FIN.
      int errno = (readiness & Readiness.ERROR) == 0 ? 0 : shard.syscalls().takeError(link.fd());
      if (errno > 0) {
        lose(link, reasonOf(errno));
      }
      return;
    }
    if (link == bridge) {
      splice.onBridgeReady(readiness, shard.deadlines().nowNs());
    } else {
      splice.onBrokerReady(readiness, shard.deadlines().nowNs());
    }
  }

  @Override
  public void onHalfClosed(long nowNs) {
    halfClosedNs = nowNs;
    scheduleNext();
  }

  @Override
  public void onEnded() {
    Flow toBroker = splice.toBroker();
    Flow failed = toBroker.state() == Flow.State.FAILED ? toBroker : splice.toBridge();
    if (failed.state() != Flow.State.FAILED) {
      ended();
      bridge.close(CloseReason.COMPLETED);
      broker.close(CloseReason.COMPLETED);
      return;
    }
    boolean sourceFailed = failed.failedSide() == Flow.Side.SOURCE;
    lose(sourceFailed == (failed == toBroker) ? bridge : broker, reasonOf(failed.errno()));
  }

  /// Ends the pair because of one of the two: both links are reset.
  void lose(Link culprit, CloseReason reason) {
    splice.close();
    ended();
    culprit.reset(reason);
    (culprit == bridge ? broker : bridge).reset(CloseReason.COUNTERPART_LOST);
  }

  static CloseReason reasonOf(int errno) {
    return switch (errno) {
      case Errno.ECONNRESET, Errno.EPIPE -> CloseReason.RESET;
      case Errno.ETIMEDOUT -> CloseReason.SILENT;
      case Errno.EBADMSG -> CloseReason.TLS_FAILED;
      default -> CloseReason.FAILED;
    };
  }

  /// Ends the pair from outside: both links are reset.
  void end(CloseReason reason) {
    splice.close();
    ended();
    bridge.reset(reason);
    broker.reset(reason);
  }

  private void ended() {
    over = true;
    shard.deadlines().cancel(deadline);
    shard.splicing().onPairEnded(toBroker().deliveredBytes() + toBridge().deliveredBytes());
  }

  private void onDeadline() {
    long nowNs = shard.deadlines().nowNs();
    if (halfCloseDueNs() <= nowNs) {
      end(CloseReason.HALF_CLOSE_TIMEOUT);
    } else if (idleDueNs() <= nowNs) {
      end(CloseReason.IDLE_TIMEOUT);
    } else {
      scheduleNext();
    }
  }

  /// A byte that is moved does not touch the deadline: it is looked at again when it is due.
  private void scheduleNext() {
    long dueNs = Math.min(idleDueNs(), halfCloseDueNs());
    if (dueNs != NEVER) {
      shard.deadlines().scheduleAt(deadline, dueNs);
    }
  }

  private long idleDueNs() {
    long idleNs = shard.limits().idleNs();
    return idleNs == 0 ? NEVER : splice.lastMovedNs() + idleNs;
  }

  private long halfCloseDueNs() {
    long halfCloseNs = shard.limits().halfCloseNs();
    return halfCloseNs == 0 || !splice.isHalfClosed()
        ? NEVER
        : Math.max(halfClosedNs, splice.lastMovedNs()) + halfCloseNs;
  }

  Link bridge() {
    return bridge;
  }

  Flow toBroker() {
    return splice.toBroker();
  }

  Flow toBridge() {
    return splice.toBridge();
  }

  /// What one of the two is, or came to.
  ///
  /// @param closedMs when it ended, 0 while it is open
  /// @param reason why it ended, null while it is open
  LinkRecord recordOf(Link link, long closedMs, @Nullable CloseReason reason) {
    long toBrokerBytes = splice.toBroker().deliveredBytes();
    long toBridgeBytes = splice.toBridge().deliveredBytes();
    boolean isBridge = link == bridge;
    return new LinkRecord(
        isBridge ? Role.BRIDGE : Role.BROKER,
        infoHash,
        link.source(),
        link.destination(),
        link.openedMs(),
        pairedMs,
        closedMs,
        id,
        isBridge ? toBrokerBytes : toBridgeBytes,
        isBridge ? toBridgeBytes : toBrokerBytes,
        reason);
  }
}
