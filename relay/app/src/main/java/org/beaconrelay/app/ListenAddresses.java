package org.beaconrelay.app;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.beaconrelay.server.Addresses;

/// Where to listen, as people write it: `HOST:PORT`, `[::1]:PORT`, several of them with commas
/// between.
final class ListenAddresses {
  private static final int DEFAULT_PORT = 443;
  private static final int MAX_PORT = 65_535;

  private ListenAddresses() {}

  /// All addresses of this host.
  static List<InetSocketAddress> everywhere(boolean ipv6) {
    InetSocketAddress ipv4 = new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), DEFAULT_PORT);
    return ipv6
        ? List.of(ipv4, new InetSocketAddress(InetAddress.ofLiteral("::"), DEFAULT_PORT))
        : List.of(ipv4);
  }

  static List<InetSocketAddress> parse(String text) throws BadValueException {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      InetSocketAddress address = parseOne(part.strip());
      if (address.getPort() != 0 && addresses.contains(address)) {
        throw new BadValueException(Addresses.format(address) + " is there twice: once is enough");
      }
      addresses.add(address);
    }
    return addresses;
  }

  private static InetSocketAddress parseOne(String text) throws BadValueException {
    int colon = text.lastIndexOf(':');
    if (colon <= 0) {
      throw new BadValueException("write HOST:PORT, as in 0.0.0.0:443, 127.0.0.1:0 or [::]:443");
    }
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (host.contains(":") && !bracketed) {
      throw new BadValueException("put brackets around an IPv6 address, as in [::1]:443");
    }
    int port;
    try {
      port = Numbers.parse(text.substring(colon + 1), 0, MAX_PORT);
    } catch (BadValueException _) {
      throw new BadValueException("behind the last colon stands the port: 0 to " + MAX_PORT);
    }
    return new InetSocketAddress(address(host, bracketed), port);
  }

  private static InetAddress address(String host, boolean bracketed) throws BadValueException {
    if (host.equals("*")) {
      throw new BadValueException("write 0.0.0.0 for all IPv4 addresses, [::] for all of IPv6");
    }
    try {
      // With the brackets on, only an IPv6 literal is taken and nothing is looked up.
      return InetAddress.getByName(host);
    } catch (UnknownHostException _) {
      throw new BadValueException(
          bracketed
              ? host + " is no IPv6 address"
              : "%s is no address of this host: write an IP address".formatted(host));
    }
  }
}
