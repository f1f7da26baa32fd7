package org.beaconrelay.endpoint;

/// A host, by name or address, and a port; not looked up yet.
///
/// @param host without the brackets of an IPv6 address
/// @param port 1 to 65535
public record HostPort(String host, int port) {
  /// As people write it: `HOST:PORT`, `[::1]:PORT`.
  @Override
  public String toString() {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }
}
