package org.beaconrelay.endpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/// A forwarder in front of a relay that decides in which pieces an endpoint gets what the relay
/// says.
final class HeldBack implements AutoCloseable {
  private final StandIn listener;
  private final HostPort relay;
  private final boolean byteByByte;
  private int heldUntilBytes;

  private HeldBack(HostPort relay, boolean byteByByte) throws IOException {
    this.relay = relay;
    this.byteByByte = byteByByte;
    this.listener = StandIn.start(this::forward);
  }

  /// Passes each byte on by itself.
  static HeldBack byteByByte(HostPort relay) throws IOException {
    return new HeldBack(relay, true);
  }

  /// Passes on what comes, until it is told to hold it back.
  static HeldBack inFront(HostPort relay) throws IOException {
    return new HeldBack(relay, false);
  }

  /// From now on nothing is passed on before so many bytes have come, which go as one piece.
  synchronized void holdUntil(int bytes) {
    heldUntilBytes = bytes;
  }

  private synchronized int heldUntilBytes() {
    return heldUntilBytes;
  }

  HostPort address() {
    return listener.address();
  }

  private void forward(Socket endpoint) throws IOException {
    try (Socket there = new Socket(relay.host(), relay.port())) {
      endpoint.setTcpNoDelay(true);
      there.setTcpNoDelay(true);
      Thread up =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      endpoint.getInputStream().transferTo(there.getOutputStream());
                      there.shutdownOutput();
                    } catch (IOException e) {
                      Sockets.close(there);
                    }
                  });
      down(there.getInputStream(), endpoint.getOutputStream());
      endpoint.shutdownOutput();
      up.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void down(InputStream in, OutputStream out) throws IOException {
    ByteArrayOutputStream held = new ByteArrayOutputStream();
    byte[] buffer = new byte[8_192];
    for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
      if (byteByByte) {
        for (int i = 0; i < length; i++) {
          out.write(buffer[i]);
        }
        continue;
      }
      held.write(buffer, 0, length);
      if (held.size() >= heldUntilBytes()) {
        out.write(held.toByteArray());
        held.reset();
        holdUntil(0);
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
