package org.beaconrelay.perf.load;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Pairs at a set rate that follow scripts; and when all are over, the relay's records of them.
///
/// **Owns:** its links.
final class AccountingRun extends LoopRun {
  private static final long GIVE_UP_NS = TimeUnit.SECONDS.toNanos(10);
  private static final long RECORDS_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(4);
  private static final int RECORDS_POLL_MS = 100;
  private static final int SELECT_TIMEOUT_MS = 1;
  private static final int TOLD_MISMATCHES = 20;
  private static final String MISMATCHES = "mismatches";
  private static final String RECEIVED = "bytes received";

  private final Relay relay;
  private final Accounting accounting;
  private final Schedule schedule;
  private final SplittableRandom random;
  private final Instant start = Instant.now();
  private final List<AccountedPair> open = new ArrayList<>();
  private final List<Account> accounts = new ArrayList<>();
  private final Map<String, Long> counts = new ConcurrentSkipListMap<>();
  private long begun;

  private AccountingRun(Relay relay, Accounting accounting, Schedule schedule) throws IOException {
    super(Unit.BYTE, schedule.window(), "load-accounting");
    this.relay = relay;
    this.accounting = accounting;
    this.schedule = schedule;
    this.random = new SplittableRandom(accounting.seed());
  }

  static AccountingRun start(Relay relay, Accounting accounting, Schedule schedule)
      throws IOException {
    AccountingRun run = new AccountingRun(relay, accounting, schedule);
    run.begin();
    return run;
  }

  // ---- the loop

  @Override
  void run() {
    try {
      while (isMoreToBegin() || !open.isEmpty()) {
        while (isMoreToBegin() && schedule.dueNs(begun) - System.nanoTime() <= 0) {
          begun++;
          beginPair();
        }
        selector().select(key -> ((Link) key.attachment()).onReady(), SELECT_TIMEOUT_MS);
        settle();
      }
      audit();
    } catch (IOException | InterruptedException e) {
      count("failed: " + e.getMessage(), 1);
    }
  }

  private boolean isMoreToBegin() {
    return !isStopped() && begun < schedule.count();
  }

  private void beginPair() {
    PairScript script = PairScript.random(random, accounting.maxBytes());
    AccountedPair pair = new AccountedPair(script, random, selector());
    open.add(pair);
    pair.open(relay);
  }

  private void settle() throws IOException {
    for (Iterator<AccountedPair> all = open.iterator(); all.hasNext(); ) {
      AccountedPair pair = all.next();
      String failure = pair.failure();
      if (failure == null && System.nanoTime() - pair.openedNs() > GIVE_UP_NS) {
        failure = "not over in 10 s";
      }
      if (failure != null) {
        count("failed: " + failure, 1);
        pair.reset();
        all.remove();
      } else if (pair.isOver()) {
        onOver(pair);
        all.remove();
      } else {
        pair.onTime();
      }
    }
  }

  private void onOver(AccountedPair pair) throws IOException {
    pair.close();
    Account account = pair.account();
    accounts.add(account);
    count(account.ending().label(), 1);
    count("bytes sent", account.bridge().sentBytes() + account.broker().sentBytes());
    count(RECEIVED, account.bridge().receivedBytes() + account.broker().receivedBytes());
  }

  private void count(String what, long more) {
    counts.merge(what, more, Long::sum);
  }

  // ---- the relay's records

  private void audit() throws IOException, InterruptedException {
    Map<Long, List<LoggedLink>> records = awaitRecords();
    count("links checked", 2L * accounts.size());
    count(MISMATCHES, 0);
    for (Account account : accounts) {
      List<LoggedLink> links = records.getOrDefault(account.pairId(), List.of());
      for (String mismatch : Audit.mismatches(account, links)) {
        if (counts.getOrDefault(MISMATCHES, 0L) < TOLD_MISMATCHES) {
          System.err.println("beacon: load: " + mismatch);
        }
        count(MISMATCHES, 1);
      }
    }
  }

  /// Links are recorded when they have ended at the relay, and by another thread than ends them.
  private Map<Long, List<LoggedLink>> awaitRecords() throws IOException, InterruptedException {
    Set<Long> pairIds = accounts.stream().map(Account::pairId).collect(Collectors.toSet());
    long giveUpNs = System.nanoTime() + RECORDS_TIMEOUT_NS;
    while (true) {
      Map<Long, List<LoggedLink>> records = accounting.log().read(start, pairIds);
      long missing = accounts.size() - records.values().stream().filter(r -> r.size() >= 2).count();
      if (missing == 0 || System.nanoTime() - giveUpNs > 0) {
        return records;
      }
      Thread.sleep(RECORDS_POLL_MS);
    }
  }

  // ---- from outside

  @Override
  long done() {
    return counts.getOrDefault(RECEIVED, 0L);
  }

  @Override
  Map<String, Long> counts() {
    return new TreeMap<>(counts);
  }

  @Override
  boolean isWhole() {
    return accounts.size() == schedule.count() && counts.getOrDefault(MISMATCHES, 1L) == 0;
  }
}
