package org.beaconrelay.perf.load;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Pairings at a set rate, each with a [Conversation]. Both links of a pair are opened some time
/// before it is due, and the bridge announces at once; the broker announces when it is due.
///
/// **Owns:** its links.
final class PairingRun extends LoopRun implements Attempt.Listener {
  private static final long LEAD_NS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long GIVE_UP_NS = TimeUnit.SECONDS.toNanos(10);
  private static final long POLL_NS = 20_000;

  /// How long a pair is open, at most, where the relay does not stall.
  private static final double OPEN_S = 1;

  private final String done;
  private final Relay relay;
  private final Conversation conversation;
  private final Schedule schedule;
  private final Map<String, Long> counts = new ConcurrentSkipListMap<>();
  private final Queue<Attempt> toAnnounce = new ArrayDeque<>();
  private final SequencedSet<Attempt> open = new LinkedHashSet<>();
  private long begun;

  private PairingRun(
      Unit unit, String done, Relay relay, Conversation conversation, Schedule schedule)
      throws IOException {
    super(unit, schedule.window(), "load-pairing");
    this.done = done;
    this.relay = relay;
    this.conversation = conversation;
    this.schedule = schedule;
  }

  /// Pairs, and no more. Both links are reset then, because closed ones would use up the ports of
  /// this host.
  static PairingRun pairings(Relay relay, Schedule schedule) throws IOException {
    return start(new PairingRun(Unit.PAIRING, "paired", relay, Conversation.NONE, schedule));
  }

  /// Pairs that live for one request.
  static PairingRun requests(Relay relay, Conversation conversation, Schedule schedule)
      throws IOException {
    return start(new PairingRun(Unit.REQUEST, "answered", relay, conversation, schedule));
  }

  private static PairingRun start(PairingRun run) {
    run.begin();
    return run;
  }

  /// How many it has open.
  ///
  /// @param rate pairs a second
  static long descriptors(double rate) {
    return (long) (2 * OPEN_S * rate);
  }

  // ---- the loop

  @Override
  void run() {
    while (isGoing()) {
      long nowNs = System.nanoTime();
      while (isMoreToBegin() && schedule.dueNs(begun) - LEAD_NS - nowNs <= 0) {
        begin(begun++);
      }
      while (!toAnnounce.isEmpty() && toAnnounce.element().dueNs() - nowNs <= 0) {
        announce(toAnnounce.remove());
      }
      giveUp(nowNs);
      if (serveLinks() == 0) {
        LockSupport.parkNanos(POLL_NS);
      }
    }
  }

  private boolean isGoing() {
    return isMoreToBegin() || !open.isEmpty();
  }

  private boolean isMoreToBegin() {
    return !isStopped() && begun < schedule.count();
  }

  private void begin(long number) {
    Attempt attempt = new Attempt(number, schedule.dueNs(number), conversation, this);
    open.add(attempt);
    toAnnounce.add(attempt);
    attempt.connect(relay, selector());
  }

  private void announce(Attempt attempt) {
    if (!attempt.hasEnded()) { // before it was due
      if (schedule.isMeasured(attempt.number())) {
        lateness().record(System.nanoTime() - attempt.dueNs());
      }
      attempt.announce();
    }
  }

  private void giveUp(long nowNs) {
    while (!open.isEmpty() && nowNs - open.getFirst().dueNs() > GIVE_UP_NS) {
      open.getFirst().end("no answer in 10 s");
    }
    if (isStopped()) {
      while (!toAnnounce.isEmpty()) {
        toAnnounce.remove().end("not begun: stopped");
      }
    }
  }

  private int serveLinks() {
    try {
      return selector().selectNow(key -> ((Link) key.attachment()).onReady());
    } catch (IOException e) {
      throw new IllegalStateException("the selector is broken", e);
    }
  }

  @Override
  public void onDone(Attempt attempt) {
    if (schedule.isMeasured(attempt.number())) {
      latencies().record(System.nanoTime() - attempt.dueNs());
    }
  }

  @Override
  public void onEnded(Attempt attempt, @Nullable String failure) {
    open.remove(attempt);
    counts.merge(failure == null ? done : failure, 1L, Long::sum);
  }

  // ---- from outside

  @Override
  long done() {
    return counts.getOrDefault(done, 0L);
  }

  @Override
  Map<String, Long> counts() {
    return new TreeMap<>(counts);
  }

  @Override
  boolean isWhole() {
    return counts.equals(Map.of(done, schedule.count()));
  }
}
