package org.beaconrelay.app.log;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import org.beaconrelay.server.LinkObserver;
import org.beaconrelay.server.LinkRecord;
import org.jspecify.annotations.Nullable;

/// Writes one line for each link that has ended.
///
/// Links never wait for it. What does not fit into its queue, or cannot be written, is dropped and
/// counted: a log that is slow, full or gone harms no pair.
///
/// **Thread:** [#onClosed] any, lock-free; figures any; starting and stopping one at a time. Lines
/// are written by a thread of its own, and another one tells of troubles.
public final class ConnectionLog implements LinkObserver {
  /// How many records may wait: a few megabytes of heap.
  static final int CAPACITY = 16_384;

  private static final Duration TELLING_INTERVAL = Duration.ofSeconds(1);

  private final RecordQueue queue;
  private final Troubles troubles;
  private final LogWriter writer;
  private final Thread writing;
  private final Thread telling;

  ConnectionLog(RecordQueue queue, Troubles troubles, LogWriter writer) {
    this.queue = queue;
    this.troubles = troubles;
    this.writer = writer;
    this.writing = Thread.ofPlatform().daemon().name("beacon-log").unstarted(writer);
    this.telling =
        Thread.ofPlatform().daemon().name("beacon-log-trouble").unstarted(this::keepTelling);
  }

  /// A log that is not started yet: until then it keeps what it is told.
  ///
  /// @return null if nothing is to be logged
  public static @Nullable ConnectionLog of(LogSettings settings, LogListener listener) {
    InstantSource clock = InstantSource.system();
    Troubles troubles = new Troubles(listener, System::nanoTime);
    LineTarget target =
        switch (settings.destination()) {
          case Destination.Off() -> null;
          case Destination.StandardOutput() -> StreamTarget.ofStandardOutput();
          case Destination.Stream(var path) -> StreamTarget.of(path);
          case Destination.Files(var path) ->
              new RollingFiles(path, settings.retention(), clock, troubles);
        };
    if (target == null) {
      return null;
    }
    RecordQueue queue = new RecordQueue(CAPACITY);
    LinkText text = new LinkText(settings.address(), settings.hash(), new Pseudonyms(clock));
    return new ConnectionLog(
        queue, troubles, new LogWriter(queue, target, new LinkLines(text), clock, troubles));
  }

  /// Begins to write, and to remove what is due.
  public void start() {
    writing.start();
    telling.start();
  }

  @Override
  public void onClosed(LinkRecord link) {
    if (!queue.offer(link)) {
      troubles.addDropped(1, null);
    }
  }

  /// Records written so far.
  public long written() {
    return writer.written();
  }

  /// Records that are not written yet, nor lost: so long they are held in memory.
  public int unwritten() {
    return queue.held();
  }

  /// Records lost so far.
  public long dropped() {
    return troubles.dropped();
  }

  /// Writes what is still there, and ends. What cannot be written in time is lost.
  public void stop(Duration atMost) throws InterruptedException {
    writer.stop();
    LockSupport.unpark(writing);
    writing.join(atMost);
    int left = queue.held();
    if (left > 0) {
      troubles.addDropped(left, new IOException("there was no time to write them"));
    }
    telling.interrupt();
    telling.join(atMost);
  }

  private void keepTelling() {
    try {
      while (true) {
        Thread.sleep(TELLING_INTERVAL);
        troubles.tell();
      }
    } catch (InterruptedException e) {
      troubles.tellNow(); // it is the end
    }
  }
}
