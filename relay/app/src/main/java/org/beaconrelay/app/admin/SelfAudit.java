package org.beaconrelay.app.admin;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.beaconrelay.server.Census;
import org.jspecify.annotations.Nullable;

/// Has the relay hold its books against what it holds, again and again, and remembers what came
/// out.
///
/// What does not agree twice in a row is a defect, and the relay is not ready any more: others
/// shall have its links. An event loop that does not answer twice in a row is stuck, and the relay
/// does not live any more.
///
/// **Thread:** any.
final class SelfAudit {
  /// Asks a relay.
  interface Question {
    Census ask(Duration atMost) throws TimeoutException, InterruptedException;
  }

  private static final Logger LOGGER = System.getLogger(SelfAudit.class.getName());
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int ENOUGH = 2;

  /// Whoever asks again within this time gets the same answer: a crowd that asks for metrics must
  /// not keep event loops busy.
  static final Duration FRESH = Duration.ofMillis(200);

  private final Question question;
  private final LongSupplier nanoTime;
  private final ReentrantLock asking = new ReentrantLock();
  private @Nullable Census latest;
  private long latestNs;
  private long audits;
  private long failures;
  private int failuresInARow;
  private int silencesInARow;
  private List<String> faults = List.of();

  /// @param nanoTime a clock, of any origin
  SelfAudit(Question question, LongSupplier nanoTime) {
    this.question = question;
    this.nanoTime = nanoTime;
  }

  /// Begins to ask every few seconds.
  void start() {
    Thread.ofVirtual().name("beacon-admin-audit").start(this::keepAsking);
  }

  private void keepAsking() {
    try {
      while (true) {
        Thread.sleep(INTERVAL);
        ask();
      }
    } catch (InterruptedException _) {
      // Nobody does that; but then it is meant to end.
    }
  }

  /// Asks now, unless somebody just has.
  ///
  /// @return what the relay holds, or null if an event loop has not answered
  @Nullable Census ask() throws InterruptedException {
    asking.lockInterruptibly();
    try {
      if (latest == null || nanoTime.getAsLong() - latestNs >= FRESH.toNanos()) {
        latest = askNow();
        latestNs = nanoTime.getAsLong();
      }
      return latest;
    } finally {
      asking.unlock();
    }
  }

  private @Nullable Census askNow() throws InterruptedException {
    try {
      Census census = question.ask(PATIENCE);
      onAnswer(census.faults());
      return census;
    } catch (TimeoutException _) {
      onSilence();
      return null;
    }
  }

  private synchronized void onAnswer(List<String> found) {
    audits++;
    silencesInARow = 0;
    failuresInARow = found.isEmpty() ? 0 : failuresInARow + 1;
    failures += found.isEmpty() ? 0 : 1;
    faults = found;
    if (failuresInARow == ENOUGH) {
      LOGGER.log(Level.ERROR, "self-audit: a defect of the relay: " + String.join("; ", found));
    }
  }

  private synchronized void onSilence() {
    silencesInARow++;
    if (silencesInARow == ENOUGH) {
      LOGGER.log(Level.ERROR, "self-audit: an event loop does not answer any more");
    }
  }

  /// Whether an event loop is stuck.
  synchronized boolean isStuck() {
    return silencesInARow >= ENOUGH;
  }

  /// Whether the books agree, as far as is known.
  synchronized boolean holds() {
    return failuresInARow < ENOUGH;
  }

  /// What did not agree when it was looked at last.
  synchronized List<String> faults() {
    return faults;
  }

  /// How often they were compared.
  synchronized long audits() {
    return audits;
  }

  /// How often they did not agree.
  synchronized long failures() {
    return failures;
  }
}
