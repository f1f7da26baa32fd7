package org.beaconrelay.endpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A TCP server that stands in for whatever a test needs: a service, or what is no relay.
///
/// **Thread:** one that accepts, one for each connection. **Owns:** its sockets.
final class StandIn implements AutoCloseable {
  /// What is done with a connection; it is closed afterwards.
  interface Behaviour {
    void with(Socket socket) throws IOException;
  }

  private final ServerSocket listener;
  private final Behaviour behaviour;
  private final AtomicInteger accepted = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private StandIn(ServerSocket listener, Behaviour behaviour) {
    this.listener = listener;
    this.behaviour = behaviour;
  }

  static StandIn start(Behaviour behaviour) throws IOException {
    return startAt(0, behaviour);
  }

  /// @param port 0 picks one
  static StandIn startAt(int port, Behaviour behaviour) throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_024);
    StandIn standIn = new StandIn(listener, behaviour);
    Thread.ofVirtual().start(standIn::accept);
    return standIn;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        accepted.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      behaviour.with(socket);
    } catch (IOException e) {
      // What the other end does is what the test looks at.
    } finally {
      open.remove(socket);
    }
  }

  /// Takes all that comes, says nothing, and closes when the other end does.
  static void readAll(Socket socket) {
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // It is over either way.
    }
  }

  /// Sends back what comes.
  static void echo(Socket socket) throws IOException {
    socket.getInputStream().transferTo(socket.getOutputStream());
  }

  Socket connect() throws IOException {
    return new Socket(listener.getInetAddress(), listener.getLocalPort());
  }

  HostPort address() {
    return new HostPort("127.0.0.1", listener.getLocalPort());
  }

  /// Connections so far.
  int accepted() {
    return accepted.get();
  }

  /// Connections that are open now.
  int open() {
    return open.size();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
