package org.beaconrelay.perf.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Finds where a contender can listen.
final class FreePort {
  private FreePort() {}

  /// An address of loopback at which nobody listens now.
  static InetSocketAddress find() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return (InetSocketAddress) probe.getLocalSocketAddress();
    }
  }
}
