package org.beaconrelay.app;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.beaconrelay.server.AddressRange;

/// Networks as people write them: `10.0.0.0/8`, `2001:db8::/32`, or an address for itself, several
/// of them with commas between. Nothing is looked up.
final class AddressRanges {
  private static final int BITS_PER_BYTE = 8;

  /// What the JDK takes as an address beside it: `127.1`, `1`, a scope.
  private static final String IPV4 = "[0-9]{1,3}(\\.[0-9]{1,3}){3}";

  private static final String IPV6 = "[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

  private AddressRanges() {}

  static List<AddressRange> parse(String text) throws BadValueException {
    List<AddressRange> ranges = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      AddressRange range = parseOne(part.strip());
      if (ranges.contains(range)) {
        throw new BadValueException(part.strip() + " is there twice: once is enough");
      }
      ranges.add(range);
    }
    return ranges;
  }

  /// The same, or `off`, which is an empty list.
  static List<AddressRange> parseOrOff(String text) throws BadValueException {
    return text.equals("off") || text.equals("0") ? List.of() : parse(text);
  }

  private static AddressRange parseOne(String text) throws BadValueException {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    InetAddress address = address(host);
    int bits = address.getAddress().length * BITS_PER_BYTE;
    int prefixLength = slash < 0 ? bits : prefixLength(host, text.substring(slash + 1), bits);
    try {
      return AddressRange.of(address, prefixLength);
    } catch (IllegalArgumentException _) {
      throw new BadValueException(
          "%s says more than the %d bits of its prefix: write the network's own address"
              .formatted(text, prefixLength));
    }
  }

  private static InetAddress address(String host) throws BadValueException {
    if (host.matches(IPV4) || host.matches(IPV6)) {
      try {
        return InetAddress.ofLiteral(host);
      } catch (IllegalArgumentException _) {
        // told below
      }
    }
    throw new BadValueException(
        Quoted.of(host) + " is no IP address: write networks as in 10.0.0.0/8,2001:db8::/32");
  }

  private static int prefixLength(String host, String text, int bits) throws BadValueException {
    try {
      return Numbers.parse(text, 0, bits);
    } catch (BadValueException _) {
      throw new BadValueException(
          "behind the / of %s stands the length of its prefix: 0 to %d".formatted(host, bits));
    }
  }
}
