package org.beaconrelay.server;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/// How an address of the relay's own is written: HOST:PORT, with brackets around an IPv6 host.
public final class Addresses {
  private Addresses() {}

  public static String format(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return address.getAddress() instanceof Inet6Address
        ? "[" + host + "]:" + address.getPort()
        : host + ":" + address.getPort();
  }
}
