package org.beaconrelay.endpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/// How sockets begin and end.
final class Sockets {
  private static final int CONNECT_TIMEOUT_MS = 5_000;
  private static final int KEEPALIVE_IDLE_S = 30;
  private static final int KEEPALIVE_INTERVAL_S = 10;
  private static final int KEEPALIVE_COUNT = 3;
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private Sockets() {}

  /// Connects to the first address of a host that answers.
  static Socket connect(HostPort target) throws IOException {
    IOException problem = null;
    for (InetAddress address : InetAddress.getAllByName(target.host())) {
      try {
        return connect(new InetSocketAddress(address, target.port()));
      } catch (IOException e) {
        problem = e;
      }
    }
    throw problem == null ? new IOException("the host has no address") : problem;
  }

  static Socket connect(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(address, CONNECT_TIMEOUT_MS);
      setOptions(socket);
      return socket;
    } catch (IOException e) {
      close(socket);
      throw e;
    }
  }

  /// No delay, and TCP's own probes: they end what nobody answers any more.
  static void setOptions(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEPALIVE_IDLE_S);
    socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEPALIVE_INTERVAL_S);
    socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEPALIVE_COUNT);
  }

  /// Closes a socket. Whatever that has to say comes too late to matter.
  static void close(@Nullable Socket socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // The descriptor is gone all the same (close(2)), and nobody waits for the outcome.
    }
  }

  /// Ends a connection with a reset, so that nobody takes it for complete.
  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // It is closed already.
    }
    close(socket);
  }

  /// Ends a connection whose last words have been sent: reads for at most a second what comes
  /// still, because a close with bytes unread is a reset, which would overtake them.
  static void closeHeard(Socket socket) {
    try (Deadline _ = Deadline.of(socket, LAST_WORDS)) {
      socket.shutdownOutput();
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The other end has not waited for them.
    } finally {
      close(socket);
    }
  }
}
