package org.beaconrelay.server.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/// Opens listening TCP sockets and accepts from them.
///
/// The options that every link shall have are set on the listening socket: Linux gives them to each
/// accepted one, which saves six calls a link.
///
/// **Thread:** confined to one at a time.
public final class ListenSocket {
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_REUSEADDR = 2;
  private static final int SO_KEEPALIVE = 9;
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_NODELAY = 1;
  private static final int TCP_KEEPIDLE = 4;
  private static final int TCP_KEEPINTVL = 5;
  private static final int TCP_KEEPCNT = 6;
  private static final int TCP_USER_TIMEOUT = 18;
  private static final int TCP_NOTSENT_LOWAT = 25;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;

  /// The kernel caps it at net.core.somaxconn.
  private static final int BACKLOG = 65_535;

  /// What a link's socket takes of bytes that cannot be sent yet, until [Syscalls#queueAtWill]:
  /// TCP_NOTSENT_LOWAT (tcp(7)). What is on its way is not counted, so it slows nobody down who
  /// reads; it is what somebody can make the relay keep who does not.
  public static final int UNSENT_BYTES = 128 << 10;

  private final Libc libc = new Libc();
  private final MemorySegment value = Arena.ofAuto().allocate(JAVA_INT);
  private final MemorySegment source = SocketAddresses.allocate();
  private final MemorySegment sourceLength = Arena.ofAuto().allocate(JAVA_INT);

  /// What TCP does on its own on every accepted link (tcp(7)).
  ///
  /// @param userTimeoutMs TCP_USER_TIMEOUT, 0 = the system's
  public record TcpOptions(
      int keepIdleSeconds, int keepIntervalSeconds, int keepCount, int userTimeoutMs) {}

  /// Opens a listening socket at `address`; port 0 picks one.
  ///
  /// Not with SO_REUSEPORT: a second relay on the same port would silently take half of the links.
  ///
  /// @return its descriptor, or `-errno`: EADDRINUSE, EADDRNOTAVAIL, EACCES, EMFILE
  public int open(InetSocketAddress address, TcpOptions options) {
    boolean ipv6 = address.getAddress() instanceof Inet6Address;
    int fd = libc.socket(ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
      return fd;
    }
    int result = setOptions(fd, ipv6, options);
    if (result >= 0) {
      MemorySegment socketAddress = SocketAddresses.toNative(address);
      result = libc.bind(fd, socketAddress, (int) socketAddress.byteSize());
    }
    if (result >= 0) {
      result = libc.listen(fd, BACKLOG);
    }
    if (result < 0) {
      libc.close(fd);
      return result;
    }
    return fd;
  }

  /// Where a listening socket really is.
  public InetSocketAddress address(int listenFd) {
    return SocketAddresses.ofSocket(libc, listenFd, source, sourceLength).unpack();
  }

  /// Takes the next link off the backlog: accept4(2), non-blocking and closed on exec.
  ///
  /// @return its descriptor, or `-errno`: EAGAIN (none there), EMFILE, ENFILE, ECONNABORTED
  public int accept(int listenFd) {
    sourceLength.set(JAVA_INT, 0, (int) source.byteSize());
    return libc.accept4(listenFd, source, sourceLength, SOCK_NONBLOCK | SOCK_CLOEXEC);
  }

  /// Gives a listening socket back that no event loop watches.
  public void close(int listenFd) {
    libc.close(listenFd);
  }

  /// Where the link comes from that was accepted last.
  public PackedAddress source() {
    return SocketAddresses.fromNative(source);
  }

  private int setOptions(int fd, boolean ipv6, TcpOptions options) {
    int worst = set(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    if (ipv6) {
      // So that 0.0.0.0 and [::] can listen on the same port side by side.
      worst = Math.min(worst, set(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1));
    }
    worst = Math.min(worst, set(fd, IPPROTO_TCP, TCP_NODELAY, 1));
    worst = Math.min(worst, set(fd, SOL_SOCKET, SO_KEEPALIVE, 1));
    worst = Math.min(worst, set(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, UNSENT_BYTES));
    worst = Math.min(worst, set(fd, IPPROTO_TCP, TCP_KEEPIDLE, options.keepIdleSeconds()));
    worst = Math.min(worst, set(fd, IPPROTO_TCP, TCP_KEEPINTVL, options.keepIntervalSeconds()));
    worst = Math.min(worst, set(fd, IPPROTO_TCP, TCP_KEEPCNT, options.keepCount()));
    return Math.min(worst, set(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, options.userTimeoutMs()));
  }

  private int set(int fd, int level, int name, int option) {
    value.set(JAVA_INT, 0, option);
    return libc.setsockopt(fd, level, name, value, Integer.BYTES);
  }
}
