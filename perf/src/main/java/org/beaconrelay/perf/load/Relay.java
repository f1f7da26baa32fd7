package org.beaconrelay.perf.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import org.beaconrelay.perf.Pair;
import org.beaconrelay.perf.RunFailedException;

/// The relay under load.
///
/// @param tls whether its links are inside outer TLS until they are paired
record Relay(InetSocketAddress address, boolean tls) {
  private static final int CONNECT_TIMEOUT_MS = 5_000;

  /// A pair of an info_hash of its own.
  Pair openPair() throws IOException, RunFailedException {
    return Opening.pair(this);
  }

  /// A link that waits for a counterpart that will not come.
  SocketChannel openWaiting() throws IOException, RunFailedException {
    return Opening.waiting(this);
  }

  /// @throws RunFailedException if it is not there, or does not pair; the message says what to do
  void check() throws RunFailedException {
    try (Socket socket = new Socket()) {
      socket.connect(address, CONNECT_TIMEOUT_MS);
    } catch (IOException e) {
      throw new RunFailedException(
          "no relay at %s (%s): start one with beacon relay %s--listen HOST:PORT"
              .formatted(this, e.getMessage(), tls ? "" : "--tls off "));
    }
    try (Pair _ = openPair()) {
      return;
    } catch (IOException | RunFailedException e) {
      throw new RunFailedException(explain(e));
    }
  }

  private String explain(Exception e) {
    try (Pair _ = new Relay(address, !tls).openPair()) {
      return tls
          ? "the relay at %s has no outer TLS, and the scenario says tls=on: write --set tls=off, or start the relay without --tls off"
              .formatted(this)
          : "the relay at %s has outer TLS, and the scenario says tls=off: write --set tls=on, or start the relay with --tls off"
              .formatted(this);
    } catch (IOException | RunFailedException _) {
      return "what listens at %s pairs nobody (%s): is it a relay?".formatted(this, e.getMessage());
    }
  }

  @Override
  public String toString() {
    return "%s:%d".formatted(address.getHostString(), address.getPort());
  }
}
