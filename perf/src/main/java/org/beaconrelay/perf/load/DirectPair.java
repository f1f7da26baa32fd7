package org.beaconrelay.perf.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.beaconrelay.perf.Pair;

/// Pairs that no relay is between: what a relay takes is what these do not.
final class DirectPair {
  private DirectPair() {}

  static Pair open() throws IOException {
    try (ServerSocketChannel listener = listen()) {
      return open(listener);
    }
  }

  static ServerSocketChannel listen() throws IOException {
    return ServerSocketChannel.open()
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /// @param listener that nobody else connects to
  static Pair open(ServerSocketChannel listener) throws IOException {
    SocketChannel broker = SocketChannel.open(listener.getLocalAddress());
    Pair pair = new Pair(listener.accept(), broker);
    pair.bridge().setOption(StandardSocketOptions.TCP_NODELAY, true);
    pair.broker().setOption(StandardSocketOptions.TCP_NODELAY, true);
    return pair;
  }
}
