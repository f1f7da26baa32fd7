package org.beaconrelay.app.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.beaconrelay.server.LinkRecord;
import org.jspecify.annotations.Nullable;

/// Takes records from a queue and writes their lines, in batches.
///
/// A batch that cannot be written is dropped; those behind it wait for a moment until it is tried
/// anew, and are dropped where there is no room for more.
///
/// **Thread:** [#run] is the writer's, which may be blocked for ever; the rest any.
final class LogWriter implements Runnable {
  /// PIPE_BUF, pipe(7): so much gets into a pipe as a whole, with nothing of others in between.
  static final int BATCH_BYTES = 4096;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final RecordQueue queue;
  private final LineTarget target;
  private final LinkLines lines;
  private final InstantSource clock;
  private final Troubles troubles;
  private final StringBuilder batch = new StringBuilder(BATCH_BYTES);
  private final AtomicLong written = new AtomicLong();
  private volatile boolean stopping;

  LogWriter(
      RecordQueue queue,
      LineTarget target,
      LinkLines lines,
      InstantSource clock,
      Troubles troubles) {
    this.queue = queue;
    this.target = target;
    this.lines = lines;
    this.clock = clock;
    this.troubles = troubles;
  }

  /// Has it end once all is written that is there by now. It has to be unparked then.
  void stop() {
    stopping = true;
  }

  /// Records written so far.
  long written() {
    return written.get();
  }

  @Override
  public void run() {
    boolean last;
    do {
      last = stopping;
      lines.turn();
      try {
        writeQueued();
        long dueMs = tend();
        if (!last) {
          queue.await(Math.clamp(dueMs - clock.millis(), 0, LONGEST_WAIT.toMillis()));
        }
      } catch (IOException e) {
        if (last) {
          dropQueued(e);
        } else {
          pause();
        }
      }
    } while (!last);
    close();
  }

  private void writeQueued() throws IOException {
    for (LinkRecord first = queue.peek(); first != null; first = queue.peek()) {
      long spanStartMs = target.startOfSpan(first.closedMs());
      int count = takeBatch(first, spanStartMs);
      try {
        target.write(spanStartMs, batch.toString().getBytes(StandardCharsets.US_ASCII));
        written.addAndGet(count);
      } catch (IOException e) {
        troubles.addDropped(count, e);
        throw e;
      } finally {
        queue.release(count);
      }
    }
  }

  /// Takes what is of one span, as much as there is room for.
  ///
  /// @return how many records
  private int takeBatch(LinkRecord first, long spanStartMs) {
    batch.setLength(0);
    int count = 0;
    @Nullable LinkRecord link = first;
    while (link != null
        && batch.length() + LinkLines.MAX_BYTES <= BATCH_BYTES
        && target.startOfSpan(link.closedMs()) == spanStartMs) {
      lines.append(batch, link);
      queue.remove();
      count++;
      link = queue.peek();
    }
    return count;
  }

  private long tend() throws IOException {
    try {
      return target.tend();
    } catch (IOException e) {
      troubles.add("cannot be written", e);
      throw e;
    }
  }

  private void dropQueued(IOException why) {
    int count = 0;
    for (; queue.peek() != null; count++) {
      queue.remove();
    }
    troubles.addDropped(count, why);
    queue.release(count);
  }

  private void pause() {
    long untilNs = System.nanoTime() + PAUSE_AFTER_FAILURE.toNanos();
    long leftNs = PAUSE_AFTER_FAILURE.toNanos();
    while (leftNs > 0 && !stopping) {
      LockSupport.parkNanos(this, leftNs);
      leftNs = untilNs - System.nanoTime();
    }
  }

  private void close() {
    try {
      target.close();
    } catch (IOException e) {
      troubles.add("cannot be closed", e);
    }
  }
}
