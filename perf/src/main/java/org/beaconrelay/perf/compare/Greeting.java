package org.beaconrelay.perf.compare;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// What is said before a relay joins a connection with another.
final class Greeting {
  static final int ANSWER_TIMEOUT_MS = 5_000;

  private Greeting() {}

  /// Connects and says it.
  static void send(SocketChannel link, InetSocketAddress relay, byte[] greeting)
      throws IOException {
    link.setOption(StandardSocketOptions.TCP_NODELAY, true);
    link.connect(relay);
    ByteBuffer bytes = ByteBuffer.wrap(greeting);
    while (bytes.hasRemaining()) {
      link.write(bytes);
    }
  }

  /// Where the answer comes from, soon or not at all.
  static InputStream answer(SocketChannel link) throws IOException {
    // Through the adaptor, because a channel knows no timeout.
    link.socket().setSoTimeout(ANSWER_TIMEOUT_MS);
    return link.socket().getInputStream();
  }
}
