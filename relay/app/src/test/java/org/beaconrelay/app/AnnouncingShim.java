package org.beaconrelay.app;

import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.TestLink;

/// The least that makes an endpoint out of a TLS program which has never heard of Beacon:
/// announces, and then hands bytes on between the program's UNIX socket and the link, a FIN as a
/// FIN.
///
/// **Owns:** a thread for each direction, and they the sockets.
final class AnnouncingShim implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int CONNECT_TRIES = 1000;

  private final FutureTask<Boolean> work;
  private final Thread thread;

  private AnnouncingShim(Callable<Boolean> work) {
    this.work = new FutureTask<>(work);
    this.thread = Thread.ofPlatform().daemon().start(this.work);
  }

  /// Announces for a TLS server, and connects to it once a broker has come.
  static AnnouncingShim bridge(RelayJar relay, InfoHash infoHash, Path server) {
    return new AnnouncingShim(
        () -> {
          try (TestLink link = TestLink.announce(relay.address(), Role.BRIDGE, infoHash)) {
            link.awaitPaired();
            try (SocketChannel program = connect(UnixDomainSocketAddress.of(server))) {
              return handOn(program, link.channel());
            }
          }
        });
  }

  /// Listens for a TLS client, and announces once that has come.
  static AnnouncingShim broker(RelayJar relay, InfoHash infoHash, Path listen) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(listen));
    return new AnnouncingShim(
        () -> {
          try (listener;
              SocketChannel program = listener.accept();
              TestLink link = TestLink.announce(relay.address(), Role.BROKER, infoHash)) {
            link.awaitPaired();
            return handOn(program, link.channel());
          }
        });
  }

  /// The program makes its socket some time after its start, and nothing tells when.
  private static SocketChannel connect(UnixDomainSocketAddress address)
      throws IOException, InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        return SocketChannel.open(address);
      } catch (SocketException e) {
        if (tries == CONNECT_TRIES) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
  }

  private static boolean handOn(SocketChannel program, SocketChannel link) throws Exception {
    FutureTask<Boolean> back = new FutureTask<>(() -> pump(link, program));
    Thread.ofPlatform().daemon().start(back);
    return pump(program, link) && back.get();
  }

  private static boolean pump(SocketChannel source, SocketChannel sink) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    try {
      while (source.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          sink.write(buffer);
        }
        buffer.clear();
      }
      sink.shutdownOutput();
      return true;
    } catch (IOException e) {
      // So that the other direction ends too.
      source.close();
      sink.close();
      throw e;
    }
  }

  /// Waits until both directions have come to their end; throws what went wrong.
  void await() throws Exception {
    work.get();
  }

  @Override
  public void close() {
    thread.interrupt(); // which closes the socket that it waits for
  }
}
