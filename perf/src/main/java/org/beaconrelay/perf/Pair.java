package org.beaconrelay.perf;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/// The generator's two ends of one pair: what is written into one comes out of the other.
///
/// **Owns:** both.
public record Pair(SocketChannel bridge, SocketChannel broker) implements Closeable {
  @Override
  public void close() throws IOException {
    try (bridge) {
      broker.close();
    }
  }
}
