package org.beaconrelay.perf.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import org.beaconrelay.perf.Pair;
import org.beaconrelay.perf.RelayLinks;
import org.beaconrelay.perf.RunFailedException;

/// The relay under load.
record Relay(InetSocketAddress address) {
  private static final int CONNECT_TIMEOUT_MS = 5_000;

  /// A pair of an info_hash of its own.
  Pair openPair() throws IOException, RunFailedException {
    return RelayLinks.openPair(address);
  }

  /// A link that waits for a counterpart that will not come.
  SocketChannel openWaiting() throws IOException, RunFailedException {
    return RelayLinks.openWaiting(address);
  }

  /// @throws RunFailedException if it is not there, or does not pair; the message says what to do
  void check() throws RunFailedException {
    try (Socket socket = new Socket()) {
      socket.connect(address, CONNECT_TIMEOUT_MS);
    } catch (IOException e) {
      throw new RunFailedException(
          "no relay at %s (%s): start one with beacon relay --tls off --listen HOST:PORT"
              .formatted(this, e.getMessage()));
    }
    try (Pair _ = openPair()) {
      return;
    } catch (IOException | RunFailedException e) {
      throw new RunFailedException(
          "what listens at %s pairs nobody (%s): is it a relay with --tls off?"
              .formatted(this, e.getMessage()));
    }
  }

  @Override
  public String toString() {
    return "%s:%d".formatted(address.getHostString(), address.getPort());
  }
}
