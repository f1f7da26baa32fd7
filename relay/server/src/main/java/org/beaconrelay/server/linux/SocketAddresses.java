package org.beaconrelay.server.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;

/// `struct sockaddr_in` and `struct sockaddr_in6` (ip(7), ipv6(7)), there and back.
final class SocketAddresses {
  private static final short AF_INET = 2;
  private static final short AF_INET6 = 10;
  private static final int SOCKADDR_IN_BYTES = 16;
  private static final int SOCKADDR_IN6_BYTES = 28;
  private static final int PORT_OFFSET = 2;
  private static final int IPV4_OFFSET = 4;
  private static final int IPV6_OFFSET = 8;
  private static final int SCOPE_OFFSET = 24;
  private static final ValueLayout.OfShort NETWORK_SHORT =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt NETWORK_INT =
      JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong NETWORK_LONG =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private SocketAddresses() {}

  /// Room for an address of either family.
  static MemorySegment allocate() {
    return Arena.ofAuto().allocate(SOCKADDR_IN6_BYTES, 8);
  }

  /// Where a socket of this process is: getsockname(2).
  ///
  /// @param address scratch memory, for an address of either family
  /// @param lengthBytes scratch memory, for an int
  static PackedAddress ofSocket(
      Libc libc, int fd, MemorySegment address, MemorySegment lengthBytes) {
    lengthBytes.set(JAVA_INT, 0, (int) address.byteSize());
    int result = libc.getsockname(fd, address, lengthBytes);
    if (result < 0) {
      throw new IllegalStateException("getsockname: " + Errno.text(-result));
    }
    return fromNative(address);
  }

  static MemorySegment toNative(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    byte[] bytes = host.getAddress();
    boolean ipv6 = host instanceof Inet6Address;
    MemorySegment target = allocate();
    target.set(JAVA_SHORT, 0, ipv6 ? AF_INET6 : AF_INET);
    target.set(NETWORK_SHORT, PORT_OFFSET, (short) address.getPort());
    MemorySegment.copy(bytes, 0, target, JAVA_BYTE, ipv6 ? IPV6_OFFSET : IPV4_OFFSET, bytes.length);
    if (host instanceof Inet6Address inet6) {
      target.set(JAVA_INT, SCOPE_OFFSET, inet6.getScopeId());
    }
    return target.asSlice(0, ipv6 ? SOCKADDR_IN6_BYTES : SOCKADDR_IN_BYTES);
  }

  static PackedAddress fromNative(MemorySegment address) {
    boolean ipv6 = address.get(JAVA_SHORT, 0) == AF_INET6;
    int port = Short.toUnsignedInt(address.get(NETWORK_SHORT, PORT_OFFSET));
    return ipv6
        ? new PackedAddress.V6(
            address.get(NETWORK_LONG, IPV6_OFFSET),
            address.get(NETWORK_LONG, IPV6_OFFSET + Long.BYTES),
            port)
        : new PackedAddress.V4(address.get(NETWORK_INT, IPV4_OFFSET), port);
  }
}
