package org.beaconrelay.app;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.beaconrelay.endpoint.HostPort;

/// Hosts and ports as people write them: `HOST:PORT`, `[::1]:PORT`. Nothing is looked up.
final class HostPorts {
  private static final int MAX_PORT = 65_535;

  /// Wider than RFC 1123: some resolvers take an underscore.
  private static final String NAME = "[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?\\.?";

  private HostPorts() {}

  /// Parses where somebody can be reached: there is no port 0.
  static HostPort parse(String text) throws BadValueException {
    HostPort parsed = split(text, 1, "relay.example.com:443, 10.0.0.7:443 or [fd00::7]:443");
    String host = parsed.host();
    if (host.contains(":") ? !isAddress(host) : !host.matches(NAME)) {
      throw new BadValueException(
          Quoted.of(host) + " is neither the name of a host nor an address");
    }
    return parsed;
  }

  /// Parses several, with commas between.
  static List<HostPort> parseAll(String text) throws BadValueException {
    List<HostPort> all = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      HostPort one = parse(part.strip());
      if (all.contains(one)) {
        throw new BadValueException(one + " is there twice: once is enough");
      }
      all.add(one);
    }
    return all;
  }

  /// Takes host and port apart.
  ///
  /// @param examples for the message
  /// @return the host as it is written, but for the brackets
  static HostPort split(String text, int minPort, String examples) throws BadValueException {
    int colon = text.lastIndexOf(':');
    if (colon <= 0) {
      throw new BadValueException("write HOST:PORT, as in " + examples);
    }
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (host.contains(":") && !bracketed) {
      throw new BadValueException("put brackets around an IPv6 address, as in [::1]:443");
    }
    if (bracketed && !host.contains(":")) {
      throw new BadValueException(host + " is no IPv6 address");
    }
    try {
      int port = Numbers.parse(text.substring(colon + 1), minPort, MAX_PORT);
      return new HostPort(bracketed ? host.substring(1, host.length() - 1) : host, port);
    } catch (BadValueException _) {
      throw new BadValueException(
          "behind the last colon stands the port: %d to %d".formatted(minPort, MAX_PORT));
    }
  }

  /// As [#parseAll] takes them.
  static String join(List<HostPort> all) {
    return String.join(",", all.stream().map(HostPort::toString).toList());
  }

  private static boolean isAddress(String host) {
    try {
      InetAddress.ofLiteral(host);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
