package org.beaconrelay.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.server.linux.ListenSocket;
import org.beaconrelay.server.linux.Readiness;
import org.beaconrelay.server.linux.Syscalls;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.server.metrics.Counters;
import org.beaconrelay.server.splice.PipePool;
import org.beaconrelay.server.splice.Rests;
import org.beaconrelay.server.splice.Splice;
import org.beaconrelay.server.splice.SpliceEnd;
import org.beaconrelay.server.splice.SpliceEngine;
import org.beaconrelay.server.splice.Turns;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A message through a running splice on loopback, from the sender's write to the receiver's read,
/// all on one thread: what the data plane does on a wake-up, with its system calls, but without a
/// poller.
///
/// Run: `java -jar bench/target/benchmarks.jar SpliceBenchmark -prof gc`; `gc.alloc.rate.norm` is
/// to be 0 B/op but for rounding.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SpliceBenchmark {
  private static final int PIPE_BYTES = 1 << 20;

  @Param({"64", "1448", "65536"})
  private int messageBytes;

  @Param({"false", "true"})
  private boolean copy;

  private final Syscalls syscalls = new Syscalls();
  private SocketChannel sender;
  private SocketChannel receiver;
  private ByteBuffer message;
  private ByteBuffer received;
  private PipePool pipes;
  private Turns turns;
  private Rests rests;
  private Splice splice;
  private int senderFd;
  private int receiverFd;

  @Setup
  public void connect() throws IOException {
    ListenSocket socket = new ListenSocket();
    int listenFd =
        socket.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new ListenSocket.TcpOptions(30, 10, 3, 0));
    sender = SocketChannel.open(socket.address(listenFd));
    sender.setOption(StandardSocketOptions.TCP_NODELAY, true);
    senderFd = socket.accept(listenFd);
    receiver = SocketChannel.open(socket.address(listenFd));
    receiver.configureBlocking(false);
    receiverFd = socket.accept(listenFd);
    syscalls.close(listenFd);
    message = ByteBuffer.allocateDirect(messageBytes);
    received = ByteBuffer.allocateDirect(messageBytes);
    turns = new Turns(() -> {});
    rests = new Rests(() -> {});
    pipes = new PipePool(syscalls, turns, copy, PIPE_BYTES, 8 * PIPE_BYTES, 16);
    SpliceEngine engine =
        new SpliceEngine(syscalls, pipes, pipes, turns, rests, null, new Counters<>(Counter.class));
    splice =
        new Splice(
            engine,
            Splice.Listener.none(),
            SpliceEnd.unwatched(senderFd),
            SpliceEnd.unwatched(receiverFd),
            0);
  }

  @TearDown
  public void disconnect() throws IOException {
    splice.close();
    pipes.close();
    syscalls.close(senderFd);
    syscalls.close(receiverFd);
    sender.close();
    receiver.close();
  }

  @Benchmark
  public int message() throws IOException {
    sender.write(message.clear());
    received.clear();
    while (received.hasRemaining()) {
      splice.onBridgeReady(Readiness.READABLE, 0);
      rests.endAll(turns); // nobody waits for a timer here
      turns.run(0);
      receiver.read(received);
    }
    return received.position();
  }
}
