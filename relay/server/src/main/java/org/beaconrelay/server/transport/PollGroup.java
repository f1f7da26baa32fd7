package org.beaconrelay.server.transport;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.uring.IoUringIoEvent;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoOps;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Up to 256 polls under one of Netty's registrations, which takes 104 bytes: too much for a link
/// of its own. It stays for good, for the links that come next.
///
/// Of 16 bits that Netty hands back with a completion, 8 tell the place of the watch it is for, and
/// 8 the number of the poll: those of a place that were ended before do not count any more. Places
/// are given out in turn, so that a place has its next watch when the kernel has long heard of the
/// former's end.
///
/// **Thread:** that of the loop.
final class PollGroup implements IoUringIoHandle {
  private static final int SIZE = 256;
  private static final byte POLL_ADD = 6; // linux/io_uring.h
  private static final byte ASYNC_CANCEL = 14;
  private static final int MULTISHOT = 1;
  private static final int MORE = 2;

  private final Consumer<PollGroup> onRoom;
  private final @Nullable IoUringWatch[] watches = new IoUringWatch[SIZE];
  private final byte[] pollNumbers = new byte[SIZE];
  private int count;
  private int nextPlace;
  private @Nullable IoRegistration registration;

  /// @param onRoom is told when it is full no more
  PollGroup(Consumer<PollGroup> onRoom) {
    this.onRoom = onRoom;
  }

  /// Registers it with the loop whose thread this is. Once.
  void register(IoEventLoop loop) {
    registration = NettyEventLoop.register(loop, this);
  }

  boolean isFull() {
    return count == SIZE;
  }

  /// Gives a descriptor a place, if it is not full. It is not watched for anything yet.
  IoUringWatch add(int fd, ReadyListener listener) {
    int place = nextPlace;
    while (watches[place] != null) {
      place = (place + 1) % SIZE;
    }
    nextPlace = (place + 1) % SIZE;
    IoUringWatch watch = new IoUringWatch(fd, listener, this, (byte) place);
    watches[place] = watch;
    count++;
    return watch;
  }

  void remove(byte place) {
    watches[Byte.toUnsignedInt(place)] = null;
    if (count-- == SIZE) {
      onRoom.accept(this);
    }
  }

  /// @param multishot whether it goes on after an event
  /// @return by which it is ended
  long beginPoll(byte place, int fd, int mask, boolean multishot) {
    pollNumbers[Byte.toUnsignedInt(place)]++;
    return submit(POLL_ADD, fd, 0, multishot ? MULTISHOT : 0, mask, place);
  }

  /// By a cancellation: the removal of a poll (IORING_OP_POLL_REMOVE) fails where an event is just
  /// coming, and the poll goes on.
  void endPoll(byte place, long pollId) {
    submit(ASYNC_CANCEL, -1, pollId, 0, 0, place);
  }

  private long submit(byte opcode, int operand, long address, int length, int mask, byte place) {
    if (registration == null) {
      throw new IllegalStateException("not registered");
    }
    byte noFlags = 0;
    short none = 0;
    // Netty takes no map entry for what fits in a short.
    long data = (short) (place << 8 | Byte.toUnsignedInt(pollNumbers[Byte.toUnsignedInt(place)]));
    return registration.submit(
        new IoUringIoOps(
            opcode, noFlags, none, operand, 0, address, length, mask, data, none, none, 0, 0));
  }

  @Override
  public void handle(IoRegistration ignored, IoEvent event) {
    IoUringIoEvent completion = (IoUringIoEvent) event;
    int place = (int) completion.userData() >> 8 & 0xFF;
    IoUringWatch watch = watches[place];
    if (completion.opcode() == POLL_ADD
        && watch != null
        && (byte) completion.userData() == pollNumbers[place]) {
      watch.onPolled(completion.res(), (completion.flags() & MORE) != 0);
    }
  }

  /// Netty closes what is there when the loop ends.
  @Override
  public void close() {
    for (IoUringWatch watch : watches) {
      if (watch != null) {
        watch.close();
      }
    }
    if (registration != null) {
      registration.cancel();
    }
  }
}
