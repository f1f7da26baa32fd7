package org.beaconrelay.server.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A descriptor that becomes readable at a set time: timerfd_create(2). Exact to some microseconds,
/// where an event loop's own timers are to be had for allocations only.
///
/// **Thread:** confined to one at a time. **Owns:** nothing; whoever opened it closes the
/// descriptor.
public final class TimerFd {
  private static final int CLOCK_MONOTONIC = 1;
  private static final int TFD_NONBLOCK = 0x800;
  private static final int TFD_CLOEXEC = 0x80000;

  private static final long NS_PER_SECOND = 1_000_000_000L;

  // struct itimerspec: interval and first expiry, each seconds and nanoseconds.
  private static final int ITIMERSPEC_BYTES = 32;
  private static final int FIRST_SECONDS_OFFSET = 16;
  private static final int FIRST_NANOSECONDS_OFFSET = 24;

  private final Libc libc = new Libc();
  private final MemorySegment time = Arena.ofAuto().allocate(ITIMERSPEC_BYTES, 8);

  /// @return a new descriptor, or `-errno`: EMFILE, ENFILE
  public int open() {
    return libc.timerfdCreate(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  }

  /// Makes the descriptor readable once, `delayNs`, more than 0, from now. Watched for edges, it
  /// need not be read.
  ///
  /// @return 0, or `-errno`
  public int set(int fd, long delayNs) {
    time.set(JAVA_LONG, FIRST_SECONDS_OFFSET, delayNs / NS_PER_SECOND);
    time.set(JAVA_LONG, FIRST_NANOSECONDS_OFFSET, delayNs % NS_PER_SECOND);
    return libc.timerfdSettime(fd, 0, time);
  }

  /// Gives the descriptor back.
  public void close(int fd) {
    libc.close(fd);
  }
}
