package org.beaconrelay.server.linux;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/// Real TCP connections on loopback: one end a channel, as an endpoint has it, the other a
/// descriptor, as the relay has it.
///
/// **Owns:** both ends of every connection.
public final class Loopback implements AutoCloseable {
  /// @param endpoint non-blocking, without delay
  public record Connection(SocketChannel endpoint, int fd) {}

  private final Syscalls syscalls = new Syscalls();
  private final ListenSocket socket = new ListenSocket();
  private final List<Connection> connections = new ArrayList<>();
  private final int listenFd;

  public Loopback() {
    listenFd =
        socket.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new ListenSocket.TcpOptions(30, 10, 3, 0));
    if (listenFd < 0) {
      throw new AssertionError("cannot listen: " + Errno.text(-listenFd));
    }
  }

  /// Makes a connection.
  public Connection connect() {
    try {
      SocketChannel endpoint = SocketChannel.open(socket.address(listenFd));
      endpoint.setOption(StandardSocketOptions.TCP_NODELAY, true);
      endpoint.configureBlocking(false);
      Connection connection = new Connection(endpoint, accept());
      connections.add(connection);
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int accept() {
    long startNs = System.nanoTime();
    int fd = socket.accept(listenFd);
    while (fd < 0) {
      if (fd != -Errno.EAGAIN || System.nanoTime() - startNs > SECONDS.toNanos(5)) {
        throw new AssertionError("cannot accept: " + Errno.text(-fd));
      }
      Thread.onSpinWait();
      fd = socket.accept(listenFd);
    }
    return fd;
  }

  /// Makes a connection end with a reset.
  public static void reset(SocketChannel endpoint) {
    try {
      endpoint.setOption(StandardSocketOptions.SO_LINGER, 0);
      endpoint.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    for (Connection connection : connections) {
      syscalls.close(connection.fd());
      try {
        connection.endpoint().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    syscalls.close(listenFd);
  }
}
