package org.beaconrelay.server;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.beaconrelay.server.linux.PackedAddress;

/// A network: all addresses that begin with the same bits (CIDR, RFC 4632 and 4291).
///
/// An IPv4 address is one however it is written, so that no range of IPv6 has any of them.
///
/// @param high the first eight bytes of an IPv6 network; 0 for IPv4
/// @param low the last eight bytes of an IPv6 network, or the four of IPv4
/// @param prefixLength bits that count, 0 to 32 or 0 to 128
public record AddressRange(boolean ipv6, long high, long low, int prefixLength) {
  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;

  /// @throws IllegalArgumentException if the prefix is too long, or bits are set behind it
  public AddressRange {
    RelaySettings.require(
        prefixLength >= 0 && prefixLength <= (ipv6 ? IPV6_BITS : IPV4_BITS),
        "a prefix is 0 to %d bits long".formatted(ipv6 ? IPV6_BITS : IPV4_BITS));
    RelaySettings.require(
        (high & ~highMask(ipv6, prefixLength)) == 0 && (low & ~lowMask(ipv6, prefixLength)) == 0,
        "bits are set behind the prefix");
  }

  /// The range of all addresses that begin as `address` does.
  public static AddressRange of(InetAddress address, int prefixLength) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet4Address
        ? new AddressRange(false, 0, Integer.toUnsignedLong(bytes.getInt()), prefixLength)
        : new AddressRange(true, bytes.getLong(), bytes.getLong(), prefixLength);
  }

  private static long highMask(boolean ipv6, int prefixLength) {
    return ipv6 ? mask(Math.min(prefixLength, Long.SIZE)) : 0;
  }

  private static long lowMask(boolean ipv6, int prefixLength) {
    return ipv6
        ? mask(Math.max(prefixLength - Long.SIZE, 0))
        : mask(Integer.SIZE + prefixLength) & 0xFFFF_FFFFL;
  }

  /// A long of which the first bits are set.
  private static long mask(int bits) {
    return bits == 0 ? 0 : -1L << (Long.SIZE - bits);
  }

  /// Whether an address is in it.
  public boolean contains(PackedAddress address) {
    return address.isIpv4() != ipv6
        && (!ipv6 || (address.high() & highMask(true, prefixLength)) == high)
        && (address.low() & lowMask(ipv6, prefixLength)) == low; // of IPv4, the last four bytes
  }

  static boolean anyContains(List<AddressRange> ranges, PackedAddress address) {
    for (AddressRange range : ranges) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }
}
