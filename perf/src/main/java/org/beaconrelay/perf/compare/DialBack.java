package org.beaconrelay.perf.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.beaconrelay.perf.Pair;

/// How a relay that forwards is used: the broker's end of a pair dials in, the bridge's end is the
/// relay's connection to a listener of the generator.
///
/// **Owns:** that listener.
record DialBack(InetSocketAddress front, ServerSocketChannel back) implements PairOpener {
  private static final int ACCEPT_TIMEOUT_MS = 5_000;

  /// For a relay that will listen at a port that is free now.
  static DialBack ofRelay() throws IOException {
    ServerSocketChannel back = listen();
    try {
      return new DialBack(FreePort.find(), back);
    } catch (IOException e) {
      back.close();
      throw e;
    }
  }

  /// Without a relay: who dials in reaches the listener.
  static DialBack direct() throws IOException {
    ServerSocketChannel back = listen();
    return new DialBack((InetSocketAddress) back.getLocalAddress(), back);
  }

  private static ServerSocketChannel listen() throws IOException {
    ServerSocketChannel back = ServerSocketChannel.open();
    try {
      return back.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      back.close();
      throw e;
    }
  }

  /// Where the relay is to listen and what it is to dial, by the names that `perf/peers` uses.
  Map<String, String> ports() {
    return Map.of(
        "FRONT_PORT", String.valueOf(front.getPort()),
        "BACK_PORT", String.valueOf(back.socket().getLocalPort()));
  }

  /// A configuration that has `${FRONT_PORT}` and `${BACK_PORT}` in it, with the ports instead.
  String fillIn(String template) {
    String filled = template;
    for (Map.Entry<String, String> port : ports().entrySet()) {
      filled = filled.replace("${%s}".formatted(port.getKey()), port.getValue());
    }
    return filled;
  }

  @Override
  public Pair open() throws IOException {
    SocketChannel broker = SocketChannel.open();
    try {
      broker.setOption(StandardSocketOptions.TCP_NODELAY, true);
      broker.connect(front);
      // Accepts through the adaptor, because a channel knows no timeout.
      back.socket().setSoTimeout(ACCEPT_TIMEOUT_MS);
      SocketChannel bridge = back.socket().accept().getChannel();
      bridge.setOption(StandardSocketOptions.TCP_NODELAY, true);
      return new Pair(bridge, broker);
    } catch (IOException e) {
      broker.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    back.close();
  }
}
