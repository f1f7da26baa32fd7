package org.beaconrelay.perf;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// HAProxy as configured in `perf/peers/haproxy-splice.cfg`: the broker's end of a pair dials in,
/// the bridge's end is HAProxy's connection to a listener of the generator.
///
/// **Owns:** that listener, too.
record HaproxyRelay(RelayProcess process, InetSocketAddress front, ServerSocketChannel back)
    implements RunningRelay {
  private static final int ACCEPT_TIMEOUT_MS = 5_000;

  static HaproxyRelay start(Path root, Pinning pinning)
      throws IOException, InterruptedException, RunFailedException {
    Path configuration = root.resolve("perf/peers/haproxy-splice.cfg");
    List<String> command =
        pinning.relayCommand("haproxy", List.of("-db", "-f", configuration.toString()));
    ServerSocketChannel back = ServerSocketChannel.open();
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      back.bind(new InetSocketAddress(loopback, 0));
      InetSocketAddress front = new InetSocketAddress(loopback, freePort(loopback));
      Map<String, String> ports =
          Map.of(
              "FRONT_PORT", String.valueOf(front.getPort()),
              "BACK_PORT", String.valueOf(back.socket().getLocalPort()));
      RelayProcess process = RelayProcess.start(Contender.HAPROXY.label(), command, ports);
      return new HaproxyRelay(process, front, back).whenReady();
    } catch (IOException e) {
      back.close();
      throw e;
    }
  }

  private static int freePort(InetAddress address) throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, address)) {
      return probe.getLocalPort();
    }
  }

  /// HAProxy does not tell when it listens: it does when a pair can be opened.
  private HaproxyRelay whenReady() throws IOException, InterruptedException, RunFailedException {
    try {
      process.await(this::tryOpenPair).close();
      process.requireProgram("haproxy");
      return this;
    } catch (IOException | InterruptedException | RunFailedException e) {
      close();
      throw e;
    }
  }

  private Optional<Pair> tryOpenPair() throws IOException {
    try {
      return Optional.of(openPair());
    } catch (ConnectException _) {
      return Optional.empty();
    }
  }

  @Override
  public Pair openPair() throws IOException {
    SocketChannel broker = SocketChannel.open();
    try {
      broker.setOption(StandardSocketOptions.TCP_NODELAY, true);
      broker.connect(front);
      // Accepts through the adaptor, because a channel knows no timeout.
      back.socket().setSoTimeout(ACCEPT_TIMEOUT_MS);
      SocketChannel bridge = back.socket().accept().getChannel();
      bridge.setOption(StandardSocketOptions.TCP_NODELAY, true);
      return new Pair(bridge, broker);
    } catch (IOException e) {
      broker.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try (back) {
      process.close();
    }
  }
}
