package org.beaconrelay.app.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.beaconrelay.testing.Patience;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ConnectionLogTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int CAPACITY = 100;
  private static final long SPAN_MS = 3_600_000;

  private final ManualClock clock = new ManualClock("2026-11-26T10:00:00Z");
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());

  private ConnectionLog log(LineTarget target) {
    Troubles troubles = new Troubles(new Listener(), System::nanoTime);
    RecordQueue queue = new RecordQueue(CAPACITY);
    return new ConnectionLog(
        queue, troubles, new LogWriter(queue, target, Links.fullLines(clock), clock, troubles));
  }

  private final class Listener implements LogListener {
    @Override
    public void onDropped(long records, @Nullable IOException why) {
      said.add(records + " " + (why == null ? "too fast" : why.getMessage()));
    }

    @Override
    public void onTrouble(String what, IOException why) {
      said.add(what + " " + why.getMessage());
    }
  }

  /// Has each hour as a span, like files of a week's retention.
  private static class Memory implements LineTarget {
    final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
    volatile boolean closed;

    @Override
    public long startOfSpan(long ms) {
      return ms - Math.floorMod(ms, SPAN_MS);
    }

    @Override
    public void write(long spanStartMs, byte[] text) throws IOException {
      assertThat(text).hasSizeLessThanOrEqualTo(LogWriter.BATCH_BYTES);
      List<String> batch = new String(text, US_ASCII).lines().toList();
      assertThat(batch)
          .allSatisfy(
              line ->
                  assertThat(WrittenRecord.closed(line))
                      .isBetween(
                          Instant.ofEpochMilli(spanStartMs),
                          Instant.ofEpochMilli(spanStartMs + SPAN_MS - 1)));
      batches.add(batch.size());
      lines.addAll(batch);
    }

    @Override
    public long tend() throws IOException {
      return Long.MAX_VALUE;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private void close(ConnectionLog log, int links) {
    for (int i = 0; i < links; i++) {
      log.onClosed(Links.closed(clock.instant().plus(Duration.ofMinutes(i))));
    }
  }

  @Test
  void writesWhatItIsTold() throws InterruptedException {
    Memory memory = new Memory();
    ConnectionLog log = log(memory);
    log.start();
    close(log, CAPACITY);
    Patience.until(PATIENCE, "all is written", () -> log.written() == CAPACITY);
    assertThat(memory.lines).hasSize(CAPACITY).isSorted();
    log.stop(PATIENCE);
    assertThat(memory.closed).isTrue();
    assertThat(said).isEmpty();
  }

  @Test
  void writesWhatItWasToldBeforeTheStart() throws InterruptedException {
    Memory memory = new Memory();
    ConnectionLog log = log(memory);
    close(log, 3);
    log.start();
    log.stop(PATIENCE);
    assertThat(memory.lines).hasSize(3);
  }

  @Test
  void writesBatchesAsLargeAsAPipeTakes() throws InterruptedException {
    Memory memory = new Memory();
    ConnectionLog log = log(memory);
    close(log, 50);
    log.start();
    log.stop(PATIENCE);
    assertThat(memory.batches.getFirst()).isBetween(6, 15);
    assertThat(memory.lines).hasSize(50);
  }

  @Test
  void countsWhatDoesNotFitWhileItIsHeldUp() throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Memory slow =
        new Memory() {
          @Override
          public void write(long spanStartMs, byte[] text) throws IOException {
            held.countDown();
            await(release);
            super.write(spanStartMs, text);
          }
        };
    ConnectionLog log = log(slow);
    log.start();
    close(log, 1);
    held.await();
    close(log, CAPACITY + 22);
    assertThat(log.dropped()).isEqualTo(23);
    assertThat(log.unwritten()).as("what is about to be written counts").isEqualTo(CAPACITY);
    Patience.until(PATIENCE, "it is told", () -> said.contains("23 too fast"));
    release.countDown();
    log.stop(PATIENCE);
    assertThat(log.written()).isEqualTo(CAPACITY);
    assertThat(log.unwritten()).isZero();
    assertThat(said).containsExactly("23 too fast");
  }

  @Test
  void endsThoughItIsHeldUpForEver() throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    Memory stuck =
        new Memory() {
          @Override
          public long tend() {
            held.countDown();
            await(new CountDownLatch(1));
            return 0;
          }
        };
    ConnectionLog log = log(stuck);
    log.start();
    held.await();
    close(log, 5);
    log.stop(Duration.ofMillis(1));
    assertThat(log.written()).isZero();
    assertThat(log.dropped()).isEqualTo(5);
  }

  @Test
  void dropsWhatCannotBeWrittenAndTriesAgain() throws InterruptedException {
    CountDownLatch full = new CountDownLatch(1);
    Memory failing =
        new Memory() {
          @Override
          public void write(long spanStartMs, byte[] text) throws IOException {
            if (full.getCount() > 0) {
              throw new IOException("no space left");
            }
            super.write(spanStartMs, text);
          }
        };
    ConnectionLog log = log(failing);
    log.start();
    close(log, 1);
    Patience.until(PATIENCE, "it is told", () -> said.contains("1 no space left"));
    full.countDown();
    close(log, 1);
    Patience.until(PATIENCE, "the next one is written", () -> log.written() == 1);
    log.stop(PATIENCE);
    assertThat(log.dropped()).isEqualTo(1);
  }

  @Test
  void countsAllThatCannotBeWrittenAtTheEnd() throws InterruptedException {
    Memory failing =
        new Memory() {
          @Override
          public void write(long spanStartMs, byte[] text) throws IOException {
            throw new IOException("no space left");
          }
        };
    ConnectionLog log = log(failing);
    close(log, 50);
    log.start();
    log.stop(PATIENCE);
    assertThat(log.dropped()).isEqualTo(50);
    assertThat(said).last().asString().endsWith(" no space left");
  }

  @Test
  void tellsOfWhatFailsThoughNothingIsToBeWritten() throws InterruptedException {
    Memory failing =
        new Memory() {
          @Override
          public long tend() throws IOException {
            throw new IOException("permission denied");
          }
        };
    ConnectionLog log = log(failing);
    log.start();
    Patience.until(
        PATIENCE, "it is told", () -> said.contains("cannot be written permission denied"));
    log.stop(PATIENCE);
    assertThat(log.dropped()).isZero();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
