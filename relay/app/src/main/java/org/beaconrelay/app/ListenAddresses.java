package org.beaconrelay.app;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.beaconrelay.endpoint.HostPort;
import org.beaconrelay.server.Addresses;

/// Where to listen, as people write it: `HOST:PORT`, `[::1]:PORT`, several of them with commas
/// between.
final class ListenAddresses {
  private static final int DEFAULT_PORT = 443;

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

  static InetSocketAddress parseOne(String text) throws BadValueException {
    HostPort parsed = HostPorts.split(text, 0, "0.0.0.0:443, 127.0.0.1:0 or [::]:443");
    return new InetSocketAddress(address(parsed.host()), parsed.port());
  }

  private static InetAddress address(String host) throws BadValueException {
    if (host.equals("*")) {
      throw new BadValueException("write 0.0.0.0 for all IPv4 addresses, [::] for all of IPv6");
    }
    boolean ipv6 = host.contains(":");
    try {
      // With the brackets on, only an IPv6 literal is taken and nothing is looked up.
      return InetAddress.getByName(ipv6 ? "[" + host + "]" : host);
    } catch (UnknownHostException _) {
      throw new BadValueException(
          ipv6
              ? "[" + host + "] is no IPv6 address"
              : "%s is no address of this host: write an IP address".formatted(host));
    }
  }
}
