package org.beaconrelay.server.splice;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.beaconrelay.server.linux.EdgePoller;
import org.beaconrelay.server.linux.Loopback;
import org.beaconrelay.server.linux.Readiness;
import org.beaconrelay.server.linux.Syscalls;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.server.metrics.Counters;
import org.jspecify.annotations.Nullable;

/// Splices over real sockets, driven by real edge-triggered events on the test's own thread.
final class SpliceRig implements AutoCloseable {
  static final int PIPE_BYTES = 65_536;

  /// More events in a row than any of these tests causes: something reports itself for ever.
  private static final int RESTLESS = 200_000;

  private static final int CHUNK_BYTES = 16_384;

  final Syscalls syscalls = new Syscalls();
  final Counters<Counter> counters = new Counters<>(Counter.class);
  final Turns turns = new Turns(() -> turnRequested());
  final Rests rests = new Rests(() -> restRequested());
  final PipePool pipes;
  private final PipePool tunnelPipes;
  private final SpliceEngine engine;
  private final Loopback loopback = new Loopback();
  private final EdgePoller poller = new EdgePoller();
  private final Map<Integer, EdgePoller.Listener> listeners = new HashMap<>();
  private final List<Splice> splices = new ArrayList<>();
  private boolean turnRequested;
  private boolean restRequested;
  private final @Nullable Rates rates;
  private boolean tickRequested;
  private long nowNs;
  long reportCount;

  SpliceRig(boolean copy, int maxPipes) {
    this(copy, maxPipes, 0, null);
  }

  /// @param pairBytesPerSecond of each flow; 0 = without limit
  /// @param total of all flows, both ways together; null = without limit
  private SpliceRig(
      boolean copy, int maxPipes, long pairBytesPerSecond, @Nullable TotalRate total) {
    pipes = new PipePool(syscalls, turns, copy, PIPE_BYTES, 1 << 20, maxPipes);
    tunnelPipes = new PipePool(syscalls, turns, true, 1 << 14, 1 << 20, maxPipes);
    rates =
        pairBytesPerSecond > 0 || total != null
            ? new Rates(() -> tickRequested(), pairBytesPerSecond, total, total)
            : null;
    engine = new SpliceEngine(syscalls, pipes, tunnelPipes, turns, rests, rates, counters);
  }

  /// A rig with more pipes than it needs.
  static SpliceRig roomy() {
    return new SpliceRig(false, 16);
  }

  /// A rig whose flows may be only so fast.
  static SpliceRig limited(long pairBytesPerSecond, @Nullable TotalRate total) {
    return new SpliceRig(false, 16, pairBytesPerSecond, total);
  }

  private void tickRequested() {
    tickRequested = true;
  }

  /// Whether somebody waits for the next tick.
  boolean someoneWaitsForTick() {
    return tickRequested;
  }

  /// Lets as much time pass as there is between two ticks.
  void tick() {
    nowNs += Rates.TICK_NS;
    tickRequested = false;
    if (rates != null) {
      rates.run(nowNs);
    }
    work();
  }

  /// Lets time pass in which nothing happens.
  void letPass(long durationNs) {
    nowNs += durationNs;
  }

  private void turnRequested() {
    turnRequested = true;
  }

  private void restRequested() {
    restRequested = true;
  }

  /// Whether somebody rests. Rests last until [#endRests].
  boolean someoneRests() {
    return restRequested;
  }

  void endRests() {
    restRequested = false;
    rests.endAll(turns);
  }

  /// As a link is watched: for input at first.
  private final class WatchedEnd implements SpliceEnd {
    private final int fd;
    private int watchedFor = Readiness.READABLE;

    WatchedEnd(int fd) {
      this.fd = fd;
    }

    @Override
    public int fd() {
      return fd;
    }

    @Override
    public int watchedFor() {
      return watchedFor;
    }

    @Override
    public void watchFor(int readiness) {
      watchedFor = readiness;
      poller.modify(fd, readiness);
    }
  }

  /// A pair whose splice has not started.
  final class RiggedPair implements Splice.Listener {
    final SocketChannel bridge;
    final SocketChannel broker;
    final Splice splice;
    final int bridgeFd;
    final int brokerFd;
    int halfClosedCount;
    int endedCount;
    private long bridgeSentBytes;
    private long brokerReceivedBytes;

    private RiggedPair() {
      Loopback.Connection bridgeLink = loopback.connect();
      Loopback.Connection brokerLink = loopback.connect();
      bridge = bridgeLink.endpoint();
      broker = brokerLink.endpoint();
      bridgeFd = bridgeLink.fd();
      brokerFd = brokerLink.fd();
      splice = new Splice(engine, this, new WatchedEnd(bridgeFd), new WatchedEnd(brokerFd), nowNs);
      splices.add(splice);
    }

    RiggedPair start() {
      watch(bridgeFd, (_, readiness) -> splice.onBridgeReady(readiness, nowNs));
      watch(brokerFd, (_, readiness) -> splice.onBrokerReady(readiness, nowNs));
      splice.start(nowNs);
      work();
      return this;
    }

    private void watch(int fd, EdgePoller.Listener listener) {
      listeners.put(fd, listener);
      poller.add(fd, Readiness.READABLE);
    }

    @Override
    public void onHalfClosed(long nowNs) {
      halfClosedCount++;
    }

    @Override
    public void onEnded() {
      endedCount++;
    }

    /// The bridge sends for as long as anybody takes it, while the broker reads nothing.
    void stall() {
      long sentBytes;
      do {
        sentBytes = bridgeSentBytes;
        bridgeSendsMore();
        work();
      } while (bridgeSentBytes > sentBytes);
    }

    /// The bridge sends until the pipe holds bytes that the broker's socket does not take; the
    /// bridge's own is not full then.
    void fillPipe() {
      while (splice.toBroker().next() != Flow.Step.AWAIT_SINK) {
        bridgeSendsMore();
        work();
      }
    }

    private void bridgeSendsMore() {
      bridgeSendsIfItCan(CHUNK_BYTES);
    }

    void bridgeSendsIfItCan(int bytes) {
      byte[] chunk = new byte[bytes];
      for (int i = 0; i < bytes; i++) {
        chunk[i] = pattern(bridgeSentBytes + i);
      }
      bridgeSentBytes += writeSome(bridge, chunk);
    }

    /// The bridge sends `bytes` more, and the broker reads everything sent so far.
    void relayAll(long bytes) {
      long goal = bridgeSentBytes + bytes;
      workUntil(
          () -> {
            if (bridgeSentBytes < goal) {
              bridgeSendsMore();
            }
            brokerReceivedBytes += receivePattern(broker, brokerReceivedBytes);
            return bridgeSentBytes >= goal && brokerReceivedBytes == bridgeSentBytes;
          });
    }
  }

  RiggedPair pair() {
    return new RiggedPair();
  }

  /// Passes on events and turns until there are none.
  void work() {
    for (int i = 0; i < RESTLESS; i++) {
      if (!workOnce(0)) {
        return;
      }
    }
    throw new AssertionError("does not come to rest");
  }

  private boolean workOnce(int timeoutMs) {
    nowNs++;
    int events =
        poller.poll(
            timeoutMs,
            (fd, readiness) -> {
              EdgePoller.Listener listener = listeners.get(fd);
              if (listener != null) {
                listener.onReady(fd, readiness);
              }
            });
    reportCount += events;
    boolean requested = turnRequested;
    if (requested) {
      turnRequested = false;
      turns.run(nowNs);
    }
    return events > 0 || requested;
  }

  /// Passes on events, and ends rests, until something is the case.
  void workUntil(BooleanSupplier condition) {
    long startNs = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - startNs > SECONDS.toNanos(5)) {
        throw new AssertionError("stalls: " + pipes.leasedCount() + " pipes leased");
      }
      workOnce(1);
      if (restRequested) {
        endRests();
      }
      if (tickRequested) {
        tick();
      }
    }
  }

  /// Sends all of `bytes`, which must fit into the sockets' buffers.
  static void send(SocketChannel endpoint, byte[] bytes) {
    if (writeSome(endpoint, bytes) != bytes.length) {
      throw new AssertionError("too much for the send buffer");
    }
  }

  /// Sends as much of `bytes` as there is room for, and passes it on.
  void sendSome(SocketChannel endpoint, byte[] bytes) {
    writeSome(endpoint, bytes);
    work();
  }

  private static int writeSome(SocketChannel endpoint, byte[] bytes) {
    try {
      return endpoint.write(ByteBuffer.wrap(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void sendFin(SocketChannel endpoint) {
    try {
      endpoint.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What comes next, which must be `length` bytes at least.
  byte[] receive(SocketChannel endpoint, int length) {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    workUntil(
        () -> {
          if (read(endpoint, buffer) < 0) {
            throw new AssertionError("FIN after " + buffer.position() + " of " + length);
          }
          return !buffer.hasRemaining();
        });
    return buffer.array();
  }

  /// What comes before the FIN, 1 MiB at most.
  byte[] receiveAll(SocketChannel endpoint) {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
    workUntil(() -> read(endpoint, buffer) < 0);
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private static long receivePattern(SocketChannel endpoint, long position) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * CHUNK_BYTES);
    int received = read(endpoint, buffer);
    for (int i = 0; i < received; i++) {
      if (buffer.get(i) != pattern(position + i)) {
        throw new AssertionError("another byte at " + (position + i));
      }
    }
    return received;
  }

  private static int read(SocketChannel endpoint, ByteBuffer buffer) {
    try {
      return endpoint.read(buffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte pattern(long position) {
    return (byte) (position * 31 + (position >>> 8));
  }

  @Override
  public void close() {
    splices.forEach(Splice::close);
    poller.close();
    loopback.close();
    pipes.close();
    tunnelPipes.close();
  }
}
