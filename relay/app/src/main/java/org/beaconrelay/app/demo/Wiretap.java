package org.beaconrelay.app.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;

/// Somebody on the network between the broker and the relay, who writes down every byte that
/// passes: one connection, and nothing of it changed. By what it wrote down one can tell what went
/// through the relay, and look for it there.
///
/// **Owns:** a listening socket on loopback, and the connection.
final class Wiretap implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 << 10;

  private final InetSocketAddress relay;
  private final ServerSocket listener;
  private final ByteArrayOutputStream toRelay = new ByteArrayOutputStream();
  private final ByteArrayOutputStream fromRelay = new ByteArrayOutputStream();

  private Wiretap(InetSocketAddress relay) throws IOException {
    this.relay = relay;
    this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  /// Stands in front of a relay.
  static Wiretap before(InetSocketAddress relay) throws IOException {
    Wiretap wiretap = new Wiretap(relay);
    Thread.ofVirtual().name("beacon-demo-wiretap").start(wiretap::serve);
    return wiretap;
  }

  private void serve() {
    try (Socket broker = listener.accept();
        Socket onward = new Socket()) {
      onward.connect(relay);
      Thread back = Thread.ofVirtual().start(() -> copy(onward, broker, fromRelay));
      copy(broker, onward, toRelay);
      back.join();
    } catch (IOException e) {
      // The demo is over before the broker has dialled.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket source, Socket sink, ByteArrayOutputStream record) {
    try {
      InputStream in = source.getInputStream();
      OutputStream out = sink.getOutputStream();
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        record.write(buffer, 0, length);
        out.write(buffer, 0, length);
      }
      sink.shutdownOutput();
    } catch (IOException e) {
      // A broken connection has nothing more to hand on; whoever needed it sees that it is.
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  /// The last bytes of each direction: after the outer TLS came off, so the end-to-end ciphertext.
  byte[] lastToRelay(int length) {
    return lastOf(toRelay, length);
  }

  byte[] lastFromRelay(int length) {
    return lastOf(fromRelay, length);
  }

  private static byte[] lastOf(ByteArrayOutputStream record, int length) {
    byte[] all = record.toByteArray();
    return Arrays.copyOfRange(all, Math.max(0, all.length - length), all.length);
  }

  /// How much it has written down.
  int recordedBytes() {
    return toRelay.size() + fromRelay.size();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
