package org.beaconrelay.server.admission;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The limits for links that have yet to announce, and those by source address. A source is known
/// by a hash of its address.
///
/// **Thread:** any: it is one for all shards, behind a lock that is held for some dozens of
/// nanoseconds, three times in the life of a link. No byte of a pair waits for it.
public final class Admission {
  /*
   * What is kept of a source is bounded: by the links that are open, which have a limit of their own, and
   * behind the last link of a source by its buckets, which are full again within a second. Until then its
   * account stands in a queue of those that have no links. Whoever comes or goes looks at two of that
   * queue, so that it shrinks faster than it grows; and a relay that nobody comes to any more is told by
   * its clock (#forget). The cap is for floods from more addresses than that: then some are forgotten
   * early, who get a second's worth again, and no more than that.
   */

  /// Links of one source, turned away, that are told so by a handshake or a second of patience. All
  /// others are closed at once.
  static final int TELLINGS_PER_SECOND = 16;

  static final int MAX_IDLE_ACCOUNTS = 1 << 16;

  private static final int LOOKS_PER_CHANGE = 2;

  private final int maxPending;
  private final int maxPendingPerSource;
  private final int maxLinksPerSource;
  private final TokenBucket announces;
  private final TokenBucket tellings = new TokenBucket(TELLINGS_PER_SECOND);
  private final SourceTable accounts = new SourceTable();
  private int pendingCount;
  private final Queue<SourceAccount> idle = new ArrayDeque<>();

  /// Each limit is at least 1; [Integer#MAX_VALUE] is none.
  ///
  /// @param maxPending links that have yet to announce
  /// @param maxPendingPerSource the same of one source
  /// @param maxLinksPerSource links of one source
  /// @param announcesPerSecond links a second of one source, after as many at once
  public Admission(
      int maxPending, int maxPendingPerSource, int maxLinksPerSource, int announcesPerSecond) {
    this.maxPending = maxPending;
    this.maxPendingPerSource = maxPendingPerSource;
    this.maxLinksPerSource = maxLinksPerSource;
    this.announces = new TokenBucket(announcesPerSecond);
  }

  /// Takes a link in of which nobody knows yet where it is from, or does not. It is pending from
  /// now on.
  ///
  /// @return why not, or null
  public synchronized @Nullable Refusal enterUnnamed(Stay stay) {
    if (pendingCount >= maxPending) {
      return Refusal.MAX_PENDING;
    }
    pendingCount++;
    stay.pending = true;
    return null;
  }

  /// Takes a link in, or does not. It is pending from now on.
  ///
  /// @param nowNs a clock that is the same for all who call
  /// @return why not, or null
  public synchronized @Nullable Refusal enter(Stay stay, long sourceHash, long nowNs) {
    settle(stay); // it may have been pending without a name
    SourceAccount account = accountOf(sourceHash, nowNs);
    Refusal refusal = refusalOf(account, nowNs);
    if (refusal == null) {
      account.announcesFullNs = announces.afterTaking(account.announcesFullNs, nowNs);
      account.links++;
      account.pending++;
      pendingCount++;
      stay.account = account;
      stay.pending = true;
    }
    queueIfIdle(account, nowNs);
    forgetSome(nowNs);
    return refusal;
  }

  private @Nullable Refusal refusalOf(SourceAccount account, long nowNs) {
    if (pendingCount >= maxPending) {
      return Refusal.MAX_PENDING;
    }
    if (account.pending >= maxPendingPerSource) {
      return Refusal.MAX_PENDING_PER_ADDRESS;
    }
    if (account.links >= maxLinksPerSource) {
      return Refusal.MAX_LINKS_PER_ADDRESS;
    }
    return announces.has(account.announcesFullNs, nowNs) ? null : Refusal.ANNOUNCE_RATE_PER_ADDRESS;
  }

  /// Whether a link that is turned away may stay for as long as it takes to tell it why. It is
  /// pending then.
  public synchronized boolean enterToBeTold(Stay stay, long sourceHash, long nowNs) {
    settle(stay);
    if (pendingCount >= maxPending) {
      return false;
    }
    SourceAccount account = accountOf(sourceHash, nowNs);
    boolean told = tellings.has(account.tellingsFullNs, nowNs);
    if (told) {
      account.tellingsFullNs = tellings.afterTaking(account.tellingsFullNs, nowNs);
      pendingCount++;
      stay.pending = true;
    }
    queueIfIdle(account, nowNs);
    return told;
  }

  /// The link has announced: it is not pending any more.
  public synchronized void settle(Stay stay) {
    if (stay.pending) {
      stay.pending = false;
      pendingCount--;
      if (stay.account != null) {
        stay.account.pending--;
      }
    }
  }

  /// The link has gone. Idempotent.
  ///
  /// @return whether there is something that [#forget] may forget by and by
  public synchronized boolean leave(Stay stay, long nowNs) {
    settle(stay);
    SourceAccount account = stay.account;
    if (account != null) {
      stay.account = null;
      account.links--;
      queueIfIdle(account, nowNs);
    }
    forgetSome(nowNs);
    return !idle.isEmpty();
  }

  // ---- what is remembered

  private SourceAccount accountOf(long sourceHash, long nowNs) {
    SourceAccount account = accounts.find(sourceHash);
    if (account == null) {
      account = new SourceAccount(sourceHash, nowNs);
      accounts.add(account);
    }
    return account;
  }

  private void queueIfIdle(SourceAccount account, long nowNs) {
    if (account.hasLinks() || account.queued) {
      return;
    }
    if (account.isForgettable(nowNs)) {
      accounts.remove(account);
      return;
    }
    if (idle.size() >= MAX_IDLE_ACCOUNTS) {
      SourceAccount oldest = pollIdle();
      if (!oldest.hasLinks()) {
        accounts.remove(oldest);
      }
    }
    addIdle(account);
  }

  private void forgetSome(long nowNs) {
    for (int i = 0; i < LOOKS_PER_CHANGE && !idle.isEmpty(); i++) {
      lookAtOldestIdle(nowNs);
    }
  }

  /// Forgets the sources of which there is nothing to remember.
  ///
  /// @return whether there is more to forget by and by
  public synchronized boolean forget(long nowNs) {
    for (int left = idle.size(); left > 0; left--) {
      lookAtOldestIdle(nowNs);
    }
    return !idle.isEmpty();
  }

  private void lookAtOldestIdle(long nowNs) {
    SourceAccount account = pollIdle();
    if (account.isForgettable(nowNs)) {
      accounts.remove(account);
    } else if (!account.hasLinks()) {
      addIdle(account);
    }
  }

  private void addIdle(SourceAccount account) {
    account.queued = true;
    idle.add(account);
  }

  private SourceAccount pollIdle() {
    SourceAccount account = idle.remove();
    account.queued = false;
    return account;
  }

  /// Links that have yet to announce, or to be told that they are turned away.
  public synchronized int pendingCount() {
    return pendingCount;
  }

  /// Sources that there is something to remember of.
  public synchronized int sourceCount() {
    return accounts.count();
  }
}
