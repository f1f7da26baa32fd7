package org.beaconrelay.server.linux;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// An IP address and port as a link keeps them while it is open: a sixth of the heap that an
/// [InetSocketAddress] takes for IPv4, and a third for IPv6.
public sealed interface PackedAddress {
  /// An address of IPv4.
  ///
  /// @param address its four bytes
  /// @param port 0 to 65535
  record V4(int address, int port) implements PackedAddress {
    @Override
    public boolean isIpv4() {
      return true;
    }

    @Override
    public long high() {
      return 0;
    }

    @Override
    public long low() {
      return Integer.toUnsignedLong(address);
    }

    @Override
    public InetSocketAddress unpack() {
      byte[] host = new byte[Integer.BYTES];
      ByteBuffer.wrap(host).putInt(address);
      return PackedAddress.unpack(host, port);
    }
  }

  /// An address of IPv6, which may be one of IPv4 in other words.
  ///
  /// @param high the first eight bytes
  /// @param low the last eight bytes
  /// @param port 0 to 65535
  record V6(long high, long low, int port) implements PackedAddress {
    @Override
    public boolean isIpv4() {
      return high == 0 && low >>> Integer.SIZE == MAPPED;
    }

    @Override
    public InetSocketAddress unpack() {
      byte[] host = new byte[2 * Long.BYTES];
      ByteBuffer.wrap(host).putLong(high).putLong(low);
      return PackedAddress.unpack(host, port);
    }
  }

  /// What stands before an IPv4 address that is written as an IPv6 one (RFC 4291, section 2.5.5.2),
  /// in the upper half of its last eight bytes.
  long MAPPED = 0xFFFF;

  /// From its bytes.
  ///
  /// @param high the first eight of an IPv6 address; unused for IPv4
  /// @param low the last eight of an IPv6 address, or the four of IPv4
  static PackedAddress of(boolean ipv6, long high, long low, int port) {
    return ipv6 ? new V6(high, low, port) : new V4((int) low, port);
  }

  /// From how the JDK has it.
  static PackedAddress of(InetAddress host, int port) {
    ByteBuffer bytes = ByteBuffer.wrap(host.getAddress());
    return bytes.remaining() == Integer.BYTES
        ? new V4(bytes.getInt(), port)
        : new V6(bytes.getLong(), bytes.getLong(), port);
  }

  /// 0 to 65535.
  int port();

  /// The first eight bytes of an IPv6 address; 0 for IPv4.
  long high();

  /// The last eight bytes of an IPv6 address, or the four of IPv4.
  long low();

  /// Whether it is an IPv4 address, however it is written. Its last four bytes are the same then.
  boolean isIpv4();

  /// The same as the JDK has it.
  InetSocketAddress unpack();

  /// The network that one host has to itself: an IPv4 address, or the first 64 bits of an IPv6 one,
  /// of which a host may have all addresses. An IPv4 address is the same however it is written, and
  /// none is one of an IPv6 network that there is (0000::/8 is reserved).
  default long network() {
    return isIpv4() ? MAPPED << Integer.SIZE | (low() & 0xFFFF_FFFFL) : high();
  }

  private static InetSocketAddress unpack(byte[] host, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(host), port);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 and 16 bytes are the lengths of addresses", e);
    }
  }
}
