package org.beaconrelay.server.splice;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.beaconrelay.server.linux.Errno;
import org.beaconrelay.server.linux.Readiness;
import org.beaconrelay.server.linux.Syscalls;
import org.beaconrelay.server.linux.TestLibc;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.server.metrics.Counters;
import org.beaconrelay.server.splice.Flow.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A pump between ends that keep their TLS on, and do as they are told.
final class TunnelledPumpTest {
  private static final int TURN_RECORDS = 64;
  private static final int PIPE_BYTES = 16;

  private int requests;
  private final Syscalls syscalls = new Syscalls();
  private final Turns turns = new Turns(() -> requests++);
  private final PipePool pipes = new PipePool(syscalls, turns, false, 4096, 1 << 20, 8);
  private final PipePool tunnelPipes = new PipePool(syscalls, turns, true, PIPE_BYTES, 1 << 20, 8);
  private final Counters<Counter> counters = new Counters<>(Counter.class);
  private final SpliceEngine engine =
      new SpliceEngine(syscalls, pipes, tunnelPipes, turns, new Rests(() -> {}), null, counters);
  private final int nullFd = TestLibc.open("/dev/null");
  private final Script script = new Script();
  private final ScriptedEnd end = new ScriptedEnd();

  @AfterEach
  void close() {
    syscalls.close(nullFd);
    assertThat(pipes.count()).as("kernel pipes").isZero();
    assertThat(tunnelPipes.leasedCount()).isZero();
    tunnelPipes.close();
  }

  /// What a tunnel answers.
  private static final class Script implements Tunnel {
    final Deque<byte[]> records = new ArrayDeque<>();
    final ByteArrayOutputStream given = new ByteArrayOutputStream();
    int whenDrained = -Errno.EAGAIN;
    int sendAnswer;
    int shutAnswer;
    int shutCount;

    @Override
    public int receive(ByteBuffer target) {
      byte[] record = records.poll();
      if (record == null) {
        return whenDrained;
      }
      target.put(record);
      return record.length;
    }

    @Override
    public int send(ByteBuffer source) {
      if (sendAnswer < 0) {
        return sendAnswer;
      }
      int length = source.remaining();
      while (source.hasRemaining()) {
        given.write(source.get());
      }
      return length;
    }

    @Override
    public int shutdownWrite() {
      shutCount++;
      return shutAnswer;
    }
  }

  private final class ScriptedEnd implements SpliceEnd {
    private int watchedFor = Readiness.READABLE;

    @Override
    public int fd() {
      return nullFd;
    }

    @Override
    public Tunnel tunnel() {
      return script;
    }

    @Override
    public int watchedFor() {
      return watchedFor;
    }

    @Override
    public void watchFor(int readiness) {
      watchedFor = readiness;
    }
  }

  private Splice splice() {
    return new Splice(engine, Splice.Listener.none(), end, end, 0);
  }

  private Pump pump() {
    return new Pump(splice(), engine, end, end, null);
  }

  @Test
  void takesRecordAfterRecordUntilThereIsNone() {
    script.records.add(new byte[] {1});
    script.records.add(new byte[] {2, 3});
    Pump pump = pump();
    assertThat(pump.run(0)).isEqualTo(3);
    assertThat(script.given.toByteArray()).containsExactly(1, 2, 3);
    assertThat(pump.awaitsSource()).isTrue();
    assertThat(pump.awaitsSink()).isFalse();
    assertThat(tunnelPipes.leasedCount()).isZero();
  }

  @Test
  void givesTheSameBytesAgainOnceTheSinkIsReady() {
    script.records.add(new byte[] {1, 2, 3});
    script.sendAnswer = -Errno.EAGAIN;
    Pump pump = pump();
    assertThat(pump.run(0)).isZero();
    assertThat(pump.awaitsSink()).isTrue();
    assertThat(tunnelPipes.leasedCount()).isEqualTo(1);
    script.sendAnswer = 0;
    pump.flow.sinkReady();
    assertThat(pump.run(0)).isEqualTo(3);
    assertThat(script.given.toByteArray()).containsExactly(1, 2, 3);
  }

  @Test
  void letsOthersGoFirstAfterSoManyRecordsHoweverSmallTheyAre() {
    for (int i = 0; i < TURN_RECORDS + 1; i++) {
      script.records.add(new byte[] {1});
    }
    Pump pump = pump();
    assertThat(pump.run(0)).isEqualTo(TURN_RECORDS);
    assertThat(requests).isEqualTo(1);
    requireNonNull(pump.queue).remove(pump);
    assertThat(pump.run(0)).isEqualTo(1);
    assertThat(pump.queue).isNull();
  }

  @Test
  void shutsTheSinkAgainWhenACloseNotifyHadNoRoom() {
    script.whenDrained = 0;
    script.shutAnswer = -Errno.EAGAIN;
    Pump pump = pump();
    pump.run(0);
    assertThat(script.shutCount).isEqualTo(1);
    assertThat(pump.flow.state()).isEqualTo(State.FLUSHING);
    assertThat(pump.awaitsSink()).isTrue();
    script.shutAnswer = 0;
    pump.run(0);
    assertThat(pump.flow.state()).isEqualTo(State.SHUT);
    assertThat(pump.awaitsSink()).isFalse();
  }

  @Test
  void watchesForRoomForACloseNotify() {
    script.whenDrained = 0;
    script.shutAnswer = -Errno.EAGAIN;
    Splice splice = splice();
    splice.start(0);
    assertThat(end.watchedFor() & Readiness.WRITABLE).isNotZero();
    splice.close();
  }

  @Test
  void remembersWhichErrorEndedIt() {
    script.whenDrained = -Errno.EBADMSG;
    Pump pump = pump();
    pump.run(0);
    assertThat(pump.flow.state()).isEqualTo(State.FAILED);
    assertThat(pump.flow.failedSide()).isEqualTo(Flow.Side.SOURCE);
    assertThat(pump.flow.errno()).isEqualTo(Errno.EBADMSG);
  }

  @Test
  void countsWhatItMovesAsCopied() {
    script.records.add(new byte[] {1, 2, 3});
    Splice splice = splice();
    splice.start(0);
    assertThat(counters.get(Counter.BYTES_COPIED)).isEqualTo(3);
    splice.close();
  }
}
