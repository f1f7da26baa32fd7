package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;

/// One end of a pair, as simple as can be.
final class TestEndpoint implements AutoCloseable {
  private static final int PATIENCE_MS = 30_000;

  private final Socket socket = new Socket();

  private TestEndpoint(InetSocketAddress relay) throws IOException {
    socket.setSoTimeout(PATIENCE_MS);
    socket.connect(relay, PATIENCE_MS);
  }

  static TestEndpoint announce(InetSocketAddress relay, Role role, InfoHash infoHash)
      throws IOException {
    TestEndpoint endpoint = new TestEndpoint(relay);
    endpoint.socket.getOutputStream().write(Announce.of(role, infoHash).toBytes());
    return endpoint;
  }

  Frame frame() throws IOException {
    return Frame.parse(socket.getInputStream().readNBytes(Frame.LENGTH));
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  void expect(String text) throws IOException {
    byte[] expected = text.getBytes(StandardCharsets.UTF_8);
    assertThat(socket.getInputStream().readNBytes(expected.length)).isEqualTo(expected);
  }

  void expectEnd() throws IOException {
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
  }

  /// Its own port.
  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
