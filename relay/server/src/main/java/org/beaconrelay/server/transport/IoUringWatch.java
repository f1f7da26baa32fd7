package org.beaconrelay.server.transport;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.uring.IoUringIoEvent;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoOps;
import org.beaconrelay.server.linux.Readiness;

/// A descriptor in Netty's io_uring loop, watched by a poll of the ring (io_uring_enter(2)).
///
/// A multishot poll is edge-triggered and goes on by itself; where the level counts, a single poll
/// is begun again after each event. To watch for something else is to end the poll and to begin
/// another; what comes of an older one is recognized by its number, and of no interest.
///
/// A poll keeps the socket open, even behind a close(2) of its descriptor. So it is ended first;
/// the kernel learns that before the loop sleeps. It is ended by a cancellation: the removal of a
/// poll (IORING_OP_POLL_REMOVE) fails where an event is just coming, and the poll goes on.
final class IoUringWatch extends NettyWatch implements IoUringIoHandle {
  private static final byte POLL_ADD = 6; // linux/io_uring.h
  private static final byte ASYNC_CANCEL = 14;
  private static final int MULTISHOT = 1;
  private static final int MORE = 2;

  private int readiness;

  /// Of the poll that counts; wraps around long after those before it have ended.
  private short pollNumber;

  private long pollId;
  private boolean polling;
  private boolean over;

  IoUringWatch(int fd, ReadyListener listener) {
    super(fd, listener);
  }

  @Override
  public void watchFor(int readiness) {
    endPoll();
    this.readiness = readiness;
    beginPoll();
  }

  private void beginPoll() {
    boolean edge = (readiness & Readiness.EDGE_TRIGGERED) != 0;
    int mask = readiness & ~Readiness.EDGE_TRIGGERED;
    pollNumber++;
    pollId = submit(POLL_ADD, intValue(), 0, edge ? MULTISHOT : 0, mask);
    polling = true;
  }

  private void endPoll() {
    if (polling) {
      polling = false;
      submit(ASYNC_CANCEL, -1, pollId, 0, 0);
    }
  }

  private long submit(byte opcode, int operand, long address, int length, int mask) {
    byte noFlags = 0;
    short none = 0;
    long number = pollNumber; // Netty takes no map entry for what fits in a short
    return registration()
        .submit(
            new IoUringIoOps(
                opcode, noFlags, none, operand, 0, address, length, mask, number, none, none, 0,
                0));
  }

  @Override
  public void handle(IoRegistration ignored, IoEvent event) {
    IoUringIoEvent completion = (IoUringIoEvent) event;
    if (completion.opcode() != POLL_ADD || completion.userData() != pollNumber || !polling) {
      return;
    }
    int result = completion.res();
    polling = (completion.flags() & MORE) != 0;
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
    registration().cancel();
  }
}
