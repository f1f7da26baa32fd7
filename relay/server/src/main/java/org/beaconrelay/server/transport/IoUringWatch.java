package org.beaconrelay.server.transport;

import org.beaconrelay.server.linux.Errno;
import org.beaconrelay.server.linux.Readiness;

/// A descriptor in Netty's io_uring loop, watched by a poll of the ring (io_uring_enter(2)).
///
/// A multishot poll is edge-triggered and goes on by itself; where the level counts, a single poll
/// is begun again after each event. To watch for something else is to end the poll and to begin
/// another.
///
/// A poll keeps the socket open, even behind a close(2) of its descriptor. So it is ended first;
/// the kernel learns that before the loop sleeps.
final class IoUringWatch extends NettyWatch {
  private final PollGroup group;
  private final byte place;
  private boolean polling;
  private boolean over;
  private int readiness;
  private long pollId;

  IoUringWatch(int fd, ReadyListener listener, PollGroup group, byte place) {
    super(fd, listener);
    this.group = group;
    this.place = place;
  }

  @Override
  public void watchFor(int readiness) {
    endPoll();
    this.readiness = readiness;
    beginPoll();
  }

  private void beginPoll() {
    boolean edge = (readiness & Readiness.EDGE_TRIGGERED) != 0;
    pollId = group.beginPoll(place, intValue(), readiness & ~Readiness.EDGE_TRIGGERED, edge);
    polling = true;
  }

  private void endPoll() {
    if (polling) {
      polling = false;
      group.endPoll(place, pollId);
    }
  }

  /// There is a completion of the poll that was begun last, as far as its number tells.
  ///
  /// @param result what it is ready for, or `-errno`
  /// @param more whether the poll goes on
  void onPolled(int result, boolean more) {
    if (!polling || result == -Errno.ECANCELED) {
      return; // it is about one that was ended
    }
    polling = more;
    tell(result < 0 ? Readiness.ERROR : result);
    if (!polling && !over) {
      beginPoll();
    }
  }

  @Override
  public void close() {
    if (over) {
      return; // Netty closes what is there when the loop ends
    }
    release();
    closeDescriptor();
  }

  @Override
  public void release() {
    endPoll();
    over = true;
    group.remove(place);
  }
}
