package org.beaconrelay.perf.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.beaconrelay.perf.Pair;
import org.jspecify.annotations.Nullable;

/// Messages at a set rate, by all pairs in turn. A pair that takes no more does not keep the others
/// waiting.
///
/// **Owns:** the pairs, and two threads.
final class MessageRun extends LoadRun {
  private static final long LONGEST_SLEEP_NS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int SELECT_TIMEOUT_MS = 100;
  private static final int RECEIVE_BYTES = 64 << 10;

  private final Schedule schedule;
  private final Opened<Pair> pairs;
  private final List<MessageStream> streams = new ArrayList<>();
  private final ByteBuffer message;
  private final ByteBuffer room = ByteBuffer.allocateDirect(RECEIVE_BYTES);
  private final Selector selector;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private final Thread sender = Thread.ofPlatform().name("load-sender").unstarted(this::sendAll);
  private final Thread receiver =
      Thread.ofPlatform().name("load-receiver").unstarted(this::receiveAll);
  private volatile boolean closed;
  private volatile @Nullable IOException failure;

  private MessageRun(Opened<Pair> pairs, int sizeBytes, Schedule schedule) throws IOException {
    super(Unit.MESSAGE, schedule.window());
    this.schedule = schedule;
    this.pairs = pairs;
    this.message = ByteBuffer.allocateDirect(sizeBytes);
    this.selector = Selector.open();
    int count = pairs.all().size();
    for (int i = 0; i < count; i++) {
      MessageStream stream = new MessageStream(pairs.all().get(i), sizeBytes, i, count);
      stream.receiver().register(selector, SelectionKey.OP_READ, stream);
      streams.add(stream);
    }
  }

  static MessageRun start(Opened<Pair> pairs, int sizeBytes, Schedule schedule) throws IOException {
    MessageRun run = new MessageRun(pairs, sizeBytes, schedule);
    run.sender.start(); // the receiver ends when the sender has
    run.receiver.start();
    return run;
  }

  // ---- sending

  private void sendAll() {
    try {
      long next = 0;
      List<MessageStream> behind = new ArrayList<>();
      while (isWanted(next) || !behind.isEmpty()) {
        long nowNs = System.nanoTime();
        catchUp(behind);
        while (isWanted(next) && schedule.dueNs(next) - nowNs <= 0) {
          MessageStream stream = streams.get((int) (next % streams.size()));
          // One that is behind sends this in its turn.
          if (stream.nextToSend() == next && !send(stream)) {
            behind.add(stream);
          }
          next++;
        }
        rest(next, !behind.isEmpty());
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  private boolean isWanted(long number) {
    return !isStopped() && failure == null && number < schedule.count();
  }

  private void catchUp(List<MessageStream> behind) throws IOException {
    for (Iterator<MessageStream> all = behind.iterator(); all.hasNext(); ) {
      MessageStream stream = all.next();
      boolean room = send(stream);
      while (room && isDue(stream)) {
        room = send(stream);
      }
      if (room || closed) {
        all.remove();
      }
    }
  }

  private boolean isDue(MessageStream stream) {
    long number = stream.nextToSend();
    return isWanted(number) && schedule.dueNs(number) - System.nanoTime() <= 0;
  }

  private boolean send(MessageStream stream) throws IOException {
    long number = stream.nextToSend();
    boolean done = stream.send(message);
    if (done) {
      if (schedule.isMeasured(number)) {
        lateness().record(System.nanoTime() - schedule.dueNs(number));
      }
      sent.lazySet(sent.getPlain() + 1);
    }
    return done;
  }

  private void rest(long next, boolean behind) {
    long untilNs = isWanted(next) ? schedule.dueNs(next) - System.nanoTime() : LONGEST_SLEEP_NS;
    if (untilNs > 0) {
      LockSupport.parkNanos(behind ? Math.min(untilNs, LONGEST_SLEEP_NS) : untilNs);
    }
  }

  // ---- receiving

  private void receiveAll() {
    try {
      while (!closed && failure == null && (sender.isAlive() || received.get() < sent.get())) {
        selector.select(this::receive, SELECT_TIMEOUT_MS);
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  private void receive(SelectionKey key) {
    try {
      ((MessageStream) key.attachment()).receive(room, this::onReceived);
    } catch (IOException e) {
      failure = e;
      key.cancel();
    }
  }

  private void onReceived(long number) {
    received.lazySet(received.getPlain() + 1);
    if (schedule.isMeasured(number)) {
      latencies().record(System.nanoTime() - schedule.dueNs(number));
    }
  }

  // ---- from outside

  @Override
  boolean await(long timeoutNs) throws InterruptedException {
    return receiver.join(Duration.ofNanos(timeoutNs));
  }

  @Override
  long done() {
    return received.get();
  }

  @Override
  Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    counts.put("sent", sent.get());
    counts.put("received", received.get());
    IOException failed = failure;
    if (failed != null) {
      counts.put("failed: " + failed.getMessage(), 1L);
    }
    return counts;
  }

  @Override
  boolean isWhole() {
    return failure == null && sent.get() == schedule.count() && received.get() == sent.get();
  }

  @Override
  public void close() throws IOException {
    stop();
    closed = true;
    try (selector;
        pairs) {
      sender.join();
      receiver.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
