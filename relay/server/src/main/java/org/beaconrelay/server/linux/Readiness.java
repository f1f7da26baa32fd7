package org.beaconrelay.server.linux;

/// What a descriptor is ready for: the bits of epoll_ctl(2), which are those of poll(2) too.
///
/// All of them are hints. What is true says the next system call.
public final class Readiness {
  /// EPOLLIN
  public static final int READABLE = 0x001;

  /// EPOLLOUT
  public static final int WRITABLE = 0x004;

  /// EPOLLERR
  public static final int ERROR = 0x008;

  /// EPOLLHUP: both directions are over.
  public static final int HANG_UP = 0x010;

  /// EPOLLRDHUP: the other end sends no more.
  public static final int END_OF_STREAM = 0x2000;

  /// EPOLLET: report changes, not states.
  public static final int EDGE_TRIGGERED = 1 << 31;

  private Readiness() {}
}
