package org.beaconrelay.server.linux;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// An IP address and port as a link keeps them while it is open: a third of the heap that an
/// [InetSocketAddress] takes.
///
/// @param high the first eight bytes of an IPv6 address; 0 for IPv4
/// @param low the last eight bytes of an IPv6 address, or the four of IPv4
/// @param port 0 to 65535
public record PackedAddress(long high, long low, int port, boolean ipv6) {
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  /// What stands before an IPv4 address that is written as an IPv6 one (RFC 4291, section 2.5.5.2),
  /// in the upper half of its last eight bytes.
  private static final long MAPPED = 0xFFFF;

  /// From how the JDK has it.
  public static PackedAddress of(InetAddress host, int port) {
    ByteBuffer bytes = ByteBuffer.wrap(host.getAddress());
    return bytes.remaining() == IPV4_BYTES
        ? new PackedAddress(0, Integer.toUnsignedLong(bytes.getInt()), port, false)
        : new PackedAddress(bytes.getLong(), bytes.getLong(), port, true);
  }

  /// The network that one host has to itself: an IPv4 address, or the first 64 bits of an IPv6 one,
  /// of which a host may have all addresses. An IPv4 address is the same however it is written, and
  /// none is one of an IPv6 network that there is (0000::/8 is reserved).
  public long network() {
    return isIpv4() ? MAPPED << Integer.SIZE | (low & 0xFFFF_FFFFL) : high;
  }

  /// Whether it is an IPv4 address, however it is written. Its last four bytes are the same then.
  public boolean isIpv4() {
    return !ipv6 || (high == 0 && low >>> Integer.SIZE == MAPPED);
  }

  /// The same as the JDK has it.
  public InetSocketAddress unpack() {
    ByteBuffer host = ByteBuffer.allocate(ipv6 ? IPV6_BYTES : IPV4_BYTES);
    if (ipv6) {
      host.putLong(high).putLong(low);
    } else {
      host.putInt((int) low);
    }
    try {
      return new InetSocketAddress(InetAddress.getByAddress(host.array()), port);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 and 16 bytes are the lengths of addresses", e);
    }
  }
}
