package org.beaconrelay.server.splice;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.beaconrelay.server.linux.Readiness;
import org.beaconrelay.server.linux.Syscalls;
import org.beaconrelay.server.linux.TestLibc;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.server.metrics.Counters;
import org.beaconrelay.server.splice.Flow.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pump from a large file to the null device: a source and a sink that never block.
final class PumpTest {
  private static final int FILE_BYTES = 2 * Turns.ROUND_BYTES + 5;
  private static final int PIPE_BYTES = 1 << 20;

  @TempDir private Path folder;
  private int requests;
  private final Syscalls syscalls = new Syscalls();
  private final Turns turns = new Turns(() -> requests++);
  private final PipePool pipes = new PipePool(syscalls, turns, false, PIPE_BYTES, 64 << 20, 8);
  private final SpliceEngine engine =
      new SpliceEngine(
          syscalls, pipes, pipes, turns, new Rests(() -> {}), null, new Counters<>(Counter.class));
  private final int sinkFd = TestLibc.open("/dev/null");
  private int sourceFd = -1;

  @BeforeEach
  void makeSource() throws IOException {
    Path file = folder.resolve("source");
    try (RandomAccessFile source = new RandomAccessFile(file.toFile(), "rw")) {
      source.setLength(FILE_BYTES);
    }
    sourceFd = TestLibc.open(file.toString());
  }

  @AfterEach
  void close() {
    syscalls.close(sourceFd);
    syscalls.close(sinkFd);
    pipes.close();
    assertThat(pipes.count()).isZero();
  }

  private Pump pump() {
    Splice splice =
        new Splice(
            engine, Splice.Listener.none(), SpliceEnd.unwatched(-1), SpliceEnd.unwatched(-1), 0);
    return new Pump(
        splice, engine, SpliceEnd.unwatched(sourceFd), SpliceEnd.unwatched(sinkFd), null);
  }

  @Test
  void movesARoundAndThenLetsOthersGoFirst() {
    Pump pump = pump();
    assertThat(pump.run(0)).isEqualTo(Turns.ROUND_BYTES);
    assertThat(requests).isEqualTo(1);
    assertThat(pump.queue).isNotNull();
    assertThat(pipes.leasedCount()).isZero();
    pump.close();
  }

  @Test
  void movesTheLeastOfEachThatIsReadyInARoundThatIsOver() {
    Pump first = pump();
    first.run(0);
    Pump second = pump();
    assertThat(second.run(0)).isEqualTo(Turns.LEAST_BYTES);
    assertThat(second.queue).isNotNull();
    first.close();
    second.close();
  }

  @Test
  void movesNothingUntilItsTurnComes() {
    Pump pump = pump();
    long movedBytes = pump.run(0);
    assertThat(pump.run(0)).isZero();
    assertThat(pump.flow.deliveredBytes()).isEqualTo(movedBytes);
    pump.close();
  }

  @Test
  void goesOnWhereItStoppedOnceItsTurnHasCome() {
    Pump pump = pump();
    long movedBytes = pump.run(0);
    requireNonNull(pump.queue).remove(pump);
    assertThat(pump.run(0)).isPositive();
    assertThat(pump.flow.deliveredBytes()).isGreaterThan(movedBytes);
    pump.close();
  }

  @Test
  void leavesItsQueueWhenItIsClosed() {
    Pump pump = pump();
    pump.run(0);
    pump.close();
    pump.close();
    assertThat(pump.queue).isNull();
  }

  @Test
  void failsWhereTheFinCannotBePassedOn() {
    Pump pump = pump();
    pump.onSourceReady(Readiness.END_OF_STREAM);
    while (!pump.flow.isOver()) {
      pump.run(0);
      if (pump.queue != null) {
        pump.queue.remove(pump);
      }
    }
    assertThat(pump.flow.deliveredBytes()).isEqualTo(FILE_BYTES);
    assertThat(pump.flow.state()).isEqualTo(State.FAILED);
    assertThat(pump.flow.failedSide()).isEqualTo(Flow.Side.SINK);
    assertThat(pump.flow.errno()).isEqualTo(88); // ENOTSOCK
    assertThat(pipes.leasedCount()).isZero();
  }

  @Test
  void destroysThePipeOfASinkThatFails() {
    Pump pump =
        new Pump(
            pump().splice, engine, SpliceEnd.unwatched(sourceFd), SpliceEnd.unwatched(-1), null);
    assertThat(pump.run(0)).isZero();
    assertThat(pump.flow.state()).isEqualTo(State.FAILED);
    assertThat(pump.flow.failedSide()).isEqualTo(Flow.Side.SINK);
    assertThat(pipes.count()).isZero();
  }

  @Test
  void keepsThePipeOfASourceThatFails() {
    Pump pump =
        new Pump(pump().splice, engine, SpliceEnd.unwatched(-1), SpliceEnd.unwatched(sinkFd), null);
    assertThat(pump.run(0)).isZero();
    assertThat(pump.flow.failedSide()).isEqualTo(Flow.Side.SOURCE);
    assertThat(pipes.count()).isEqualTo(1);
    assertThat(pipes.leasedCount()).isZero();
  }
}
