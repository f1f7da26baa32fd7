package org.beaconrelay.server;

import org.beaconrelay.server.linux.Errno;
import org.beaconrelay.server.linux.Readiness;

/// How a link ends that was told why it is turned away: by itself, for which it has a second, so
/// that no reset destroys the frame (PROTOCOL.md, section 4). What it sends meanwhile is thrown
/// away.
///
/// **Thread:** shard-confined.
final class Rejection {
  /// What is thrown away in one wake-up.
  static final long DISCARD_BYTES = 1 << 20;

  private static final long LIMIT_NS = 1_000_000_000L;

  private final Link link;
  private final Shard shard;
  private final CloseReason recorded;

  /// @param recorded why the link has ended, for the operator
  Rejection(Link link, Shard shard, CloseReason recorded) {
    this.link = link;
    this.shard = shard;
    this.recorded = recorded;
  }

  /// Says that nothing follows what the link has been told.
  void start() {
    if (shard.syscalls().shutdownWrite(link.fd()) < 0) {
      end();
      return;
    }
    link.schedule(LIMIT_NS);
    link.ensureWatched();
    link.watchFor(Readiness.READABLE); // who waits with early data is not heard of
    onReady();
  }

  void onReady() {
    long discardedBytes = 0;
    long result;
    do {
      result = shard.syscalls().discard(link.fd(), DISCARD_BYTES);
      discardedBytes += result;
    } while (result > 0 && discardedBytes < DISCARD_BYTES);
    if (result > 0) {
      shard.execute(this::goOn); // after others: no event tells of what is there already
    } else if (result != -Errno.EAGAIN) {
      end();
    }
  }

  private void goOn() {
    if (link.state() == LinkState.REFUSING) {
      onReady();
    }
  }

  /// It has ended, or has to.
  void end() {
    link.close(recorded);
  }
}
