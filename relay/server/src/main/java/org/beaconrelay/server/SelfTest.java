package org.beaconrelay.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.beaconrelay.server.linux.Errno;
import org.beaconrelay.server.linux.ListenSocket;
import org.beaconrelay.server.linux.Readiness;
import org.beaconrelay.server.linux.Syscalls;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.server.metrics.Counters;
import org.beaconrelay.server.splice.Flow;
import org.beaconrelay.server.splice.PipePool;
import org.beaconrelay.server.splice.Rests;
import org.beaconrelay.server.splice.Splice;
import org.beaconrelay.server.splice.SpliceEnd;
import org.beaconrelay.server.splice.SpliceEngine;
import org.beaconrelay.server.splice.Turns;
import org.jspecify.annotations.Nullable;

/// Tries with a pair of its own on loopback whether this kernel lets this process splice: a seccomp
/// profile or a sandbox may forbid it, and then the relay must not start (TRUST-MODEL.md, rule 8).
///
/// What is tried is what has failed in others: many small segments, which use up a pipe's slots
/// long before its bytes, and a FIN right behind them.
///
/// **Thread:** any; takes some milliseconds.
public final class SelfTest {
  private static final int SEGMENTS = 100;
  private static final int SEGMENT_BYTES = 100;
  private static final int PIPE_BYTES = 65_536;
  private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(5);
  private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Syscalls syscalls = new Syscalls();

  private SelfTest() {}

  /// @return what is wrong, or null if all is well
  public static @Nullable String fault() {
    try {
      return new SelfTest().run();
    } catch (IOException e) {
      return "cannot make a connection on loopback: " + e.getMessage();
    }
  }

  private @Nullable String run() throws IOException {
    ListenSocket socket = new ListenSocket();
    int listenFd =
        socket.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new ListenSocket.TcpOptions(30, 10, 3, 0));
    if (listenFd < 0) {
      return "cannot listen on loopback: " + Errno.text(-listenFd);
    }
    InetSocketAddress address = socket.address(listenFd);
    int bridgeFd = -1;
    int brokerFd = -1;
    try (SocketChannel bridge = SocketChannel.open(address)) {
      bridgeFd = socket.accept(listenFd);
      try (SocketChannel broker = SocketChannel.open(address)) {
        brokerFd = socket.accept(listenFd);
        return bridgeFd < 0 || brokerFd < 0
            ? "cannot accept on loopback: " + Errno.text(-Math.min(bridgeFd, brokerFd))
            : relay(bridge, broker, bridgeFd, brokerFd);
      }
    } finally {
      syscalls.close(listenFd);
      syscalls.close(bridgeFd);
      syscalls.close(brokerFd);
    }
  }

  private @Nullable String relay(
      SocketChannel bridge, SocketChannel broker, int bridgeFd, int brokerFd) throws IOException {
    bridge.setOption(StandardSocketOptions.TCP_NODELAY, true);
    for (int i = 0; i < SEGMENTS; i++) {
      bridge.write(ByteBuffer.allocate(SEGMENT_BYTES));
    }
    bridge.shutdownOutput();
    broker.configureBlocking(false);
    Turns turns = new Turns(() -> {});
    PipePool pipes = new PipePool(syscalls, turns, false, PIPE_BYTES, 2 * PIPE_BYTES, 2);
    Splice splice =
        new Splice(
            new SpliceEngine(
                syscalls,
                pipes,
                pipes,
                turns,
                new Rests(() -> {}),
                null,
                new Counters<>(Counter.class)),
            Splice.Listener.none(), // it looks at the flow itself
            SpliceEnd.unwatched(bridgeFd),
            SpliceEnd.unwatched(brokerFd),
            0);
    try {
      return receive(splice, broker);
    } finally {
      splice.close();
      pipes.close();
    }
  }

  private static @Nullable String receive(Splice splice, SocketChannel broker) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(SEGMENTS * SEGMENT_BYTES + 1);
    long startNs = System.nanoTime();
    while (System.nanoTime() - startNs < LIMIT_NS) {
      splice.onBridgeReady(Readiness.READABLE | Readiness.END_OF_STREAM, 0);
      Flow flow = splice.toBroker();
      if (flow.state() == Flow.State.FAILED) {
        return "splice(2) fails with " + Errno.text(flow.errno());
      }
      if (broker.read(buffer) < 0) {
        return buffer.position() == SEGMENTS * SEGMENT_BYTES
            ? null
            : "splice(2) lost bytes: %d of %d came"
                .formatted(buffer.position(), SEGMENTS * SEGMENT_BYTES);
      }
      LockSupport.parkNanos(PAUSE_NS);
    }
    return "splice(2) stalls: %d of %d bytes came in 5 s"
        .formatted(buffer.position(), SEGMENTS * SEGMENT_BYTES);
  }
}
