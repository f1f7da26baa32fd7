package org.beaconrelay.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.admission.Refusal;
import org.beaconrelay.server.admission.Stay;
import org.beaconrelay.server.linux.PackedAddress;
import org.beaconrelay.server.linux.Syscalls;
import org.beaconrelay.server.linux.TcpInfo;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.server.metrics.Counters;
import org.beaconrelay.server.metrics.Timing;
import org.beaconrelay.server.metrics.Timings;
import org.beaconrelay.server.proof.ProofVerifier;
import org.beaconrelay.server.rendezvous.Deadline;
import org.beaconrelay.server.rendezvous.Outcome;
import org.beaconrelay.server.rendezvous.Rendezvous;
import org.beaconrelay.server.rendezvous.WaitingLink;
import org.beaconrelay.server.transport.Acceptor;
import org.beaconrelay.server.transport.EventLoop;
import org.beaconrelay.server.transport.OuterTls;
import org.beaconrelay.server.transport.TlsBuffers;
import org.jspecify.annotations.Nullable;

/// One event loop with its waiting links, its pairs, its pipes and its counters; shares nothing
/// with the others but the count of open links.
///
/// **Thread:** its loop's, but for the constructor and [#execute].
final class Shard implements Acceptor.Intake {
  private static final Logger LOGGER = System.getLogger(Shard.class.getName());

  /// How long nothing is forgotten of sources without links, at least. It takes a second to be able
  /// to forget all of one.
  private static final long FORGET_NS = 1_000_000_000L;

  private final EventLoop loop;
  private final Router router;
  private final LinkLimits limits;
  private final LinkBudget budget;
  private final Gate gate;
  private final @Nullable LinkObserver observer;
  private final Syscalls syscalls = new Syscalls();
  private final Counters<Counter> counters = new Counters<>(Counter.class);
  private final Counters<CloseReason> closed = new Counters<>(CloseReason.class);
  private final Timings timings = new Timings();
  private final LinkList links = new LinkList();
  private final Rendezvous rendezvous;
  private final Splicing splicing;
  private final SplittableRandom pairIds;
  private final Executor crypto;
  private final SecureRandom nonces = new SecureRandom();
  private final @Nullable ProofVerifier proofVerifier;
  private final @Nullable TlsIdentity outerTls;
  private final boolean tunnel;
  private final TlsBuffers tlsBuffers;
  private final Deadlines deadlines;
  private final Deadline forgetDue = new Deadline(this::forgetSources);
  private int onTheWay;
  private boolean draining;
  private boolean stopped;

  Shard(
      EventLoop loop,
      Router router,
      RelaySettings settings,
      LinkBudget budget,
      Gate gate,
      TotalRates totalRates,
      @Nullable LinkObserver observer,
      Executor crypto,
      long pairIdSeed) {
    this.loop = loop;
    this.router = router;
    this.limits = LinkLimits.of(settings.timeouts());
    this.budget = budget;
    this.gate = gate;
    this.observer = observer;
    this.deadlines = new Deadlines(loop, this::onBug);
    this.rendezvous = new Rendezvous(settings.limits().maxWaitingPerHash());
    this.splicing =
        new Splicing(loop, deadlines, syscalls, counters, settings, totalRates, this::onBug);
    this.pairIds = new SplittableRandom(pairIdSeed);
    this.crypto = crypto;
    this.proofVerifier =
        settings.listen().requireProof() ? new ProofVerifier(InstantSource.system()) : null;
    this.outerTls = settings.listen().outerTls();
    this.tunnel = settings.listen().tunnel();
    this.tlsBuffers = new TlsBuffers(syscalls);
  }

  /// Runs an action on the shard's thread.
  void execute(Runnable action) {
    loop.execute(action);
  }

  // ---- links come

  @Override
  public boolean hasRoom() {
    return budget.hasRoom();
  }

  @Override
  public void onAccepted(int fd, PackedAddress source) {
    boolean withinLimit = budget.open();
    counters.increment(Counter.LINKS_OPENED);
    Link link = new Link(this, fd, source);
    try {
      link.start(withinLimit);
    } catch (RuntimeException | AssertionError e) {
      link.onBug(e);
    }
  }

  /// Why a link that was just accepted is turned away, or null: then it is let in.
  ///
  /// @param withinLimit whether it is one of as many links as there may be
  @Nullable RejectReason refusalOf(Stay stay, PackedAddress source, boolean withinLimit) {
    if (draining) {
      return RejectReason.DRAINING;
    }
    Refusal refusal = withinLimit ? gate.enter(stay, source) : Refusal.MAX_LINKS;
    return refusal == null ? null : count(refusal);
  }

  /// The same while nobody knows where the link is from.
  @Nullable RejectReason refusalOfUnnamed(Stay stay) {
    Refusal refusal = gate.enterUnnamed(stay);
    return refusal == null ? null : count(refusal);
  }

  /// Counts a link that is turned away.
  ///
  /// @return what it is told
  RejectReason count(Refusal refusal) {
    counters.increment(refusal.counter());
    return refusal.reason();
  }

  @Override
  public void onPause() {
    counters.increment(Counter.ACCEPT_PAUSES);
  }

  /// Brings a link that has announced to the shard that its info_hash belongs to.
  void route(Link link, Announce announce) {
    long hash = router.hash(announce.infoHash());
    WaitingLink place = new WaitingLink(announce.role(), announce.infoHash(), hash, link);
    long waitNs = limits.waitNs(announce.waitMs());
    Shard owner = router.owner(hash);
    if (owner == this) {
      announce(link, place, waitNs);
    } else {
      link.leaveShard();
      onTheWay++;
      owner.execute(() -> owner.onRouted(link, place, waitNs));
    }
  }

  private void onRouted(Link link, WaitingLink place, long waitNs) {
    link.enterShard(this);
    onTheWay--;
    try {
      announce(link, place, waitNs);
    } catch (RuntimeException | AssertionError e) {
      link.onBug(e);
    }
  }

  private void announce(Link link, WaitingLink place, long waitNs) {
    if (stopped) {
      link.reset(CloseReason.STOPPED);
      return;
    }
    boolean settled = false;
    while (!settled) {
      // It may have sent its FIN behind early data, which is passed on as long as it need not wait.
      // That FIN is not reported again.
      TcpInfo info = link.tcpInfo();
      if (!info.isEstablished() && !info.isCloseWait()) {
        link.close(CloseReason.WITHDRAWN);
        return;
      }
      settled =
          switch (rendezvous.announce(place)) {
            case Outcome.Paired(WaitingLink counterpart) -> pair(link, place, counterpart);
            case Outcome.Waiting(WaitingLink displaced) -> {
              if (displaced != null) {
                ((Link) displaced.waiter()).reject(count(Refusal.MAX_WAITING_PER_HASH));
              }
              link.park(place, waitNs, info.isEstablished());
              yield true;
            }
            case Outcome.Rejected(RejectReason reason) -> {
              link.reject(reason);
              yield true;
            }
          };
    }
  }

  /// Both get PAIRED before either gets a byte of the other.
  ///
  /// @return false if the counterpart turns out to be gone, and another may be there
  private boolean pair(Link link, WaitingLink place, WaitingLink counterpartPlace) {
    Link counterpart = (Link) counterpartPlace.waiter();
    long pairId = pairIds.nextLong();
    Frame paired = new Frame.Paired(pairId);
    if (!counterpart.send(paired)) {
      counterpart.close(CloseReason.WITHDRAWN);
      return false;
    }
    if (!link.send(paired)) {
      link.close(CloseReason.WITHDRAWN);
      counterpart.reset(CloseReason.COUNTERPART_LOST);
      return true;
    }
    Pair pair =
        place.role() == Role.BRIDGE
            ? new Pair(this, pairId, place.infoHash(), link, counterpart)
            : new Pair(this, pairId, place.infoHash(), counterpart, link);
    long nowNs = System.nanoTime();
    timings.get(Timing.WAIT).record(nowNs - counterpart.sinceNs());
    timings.get(Timing.PAIRING).record(nowNs - link.sinceNs());
    counterpart.match(pair);
    link.match(pair);
    splicing.onPairOpened();
    pair.start();
    return true;
  }

  // ---- links go

  /// Whether anybody is told what became of a link.
  boolean isObserved() {
    return observer != null;
  }

  /// @param ended is null where nobody is told
  void onLinkClosed(Link link, @Nullable LinkRecord ended, CloseReason reason) {
    links.remove(link);
    if (gate.leave(link) && !forgetDue.isScheduled()) {
      deadlines.schedule(forgetDue, FORGET_NS);
    }
    budget.close();
    closed.increment(reason);
    if (observer != null && ended != null) {
      observer.onClosed(ended);
    }
  }

  @Override
  public void onBug(Throwable bug) {
    counters.increment(Counter.BUGS);
    LOGGER.log(Level.ERROR, "a link was ended because of a defect of the relay", bug);
  }

  /// Turns away whoever waits or comes; pairs go on.
  void drain() {
    draining = true;
    for (WaitingLink waiting : rendezvous.drain()) {
      ((Link) waiting.waiter()).reject(RejectReason.DRAINING);
    }
  }

  /// Resets every link, now and from now on.
  void stop() {
    draining = true;
    stopped = true;
    Link link = links.first();
    while (link != null) {
      link.stop();
      link = links.first();
    }
    splicing.stop();
  }

  /// Keeps time no more, when no link can come any more.
  void closeAlarms() {
    deadlines.close();
    splicing.closeAlarms();
  }

  private void forgetSources() {
    if (gate.forget()) {
      deadlines.schedule(forgetDue, FORGET_NS);
    }
  }

  // ---- what links use

  /// The outer TLS of a link that was just accepted, or null where links are plain.
  ///
  /// @param onProgress is run when what was computed elsewhere is there
  @Nullable OuterTls newOuterTls(Runnable onProgress) {
    return outerTls == null ? null : new OuterTls(outerTls.current(), crypto, loop, onProgress);
  }

  /// What a link has to prove that has announced, or null where nobody has to.
  @Nullable Challenge newChallenge(Announce announce) {
    return proofVerifier == null
        ? null
        : new Challenge(announce, nonces, proofVerifier, crypto, loop);
  }

  /// Whether links are plain TCP.
  boolean isPlain() {
    return outerTls == null;
  }

  /// Whether links may keep their outer TLS on.
  boolean allowsTunnel() {
    return tunnel;
  }

  TlsBuffers tlsBuffers() {
    return tlsBuffers;
  }

  EventLoop loop() {
    return loop;
  }

  Syscalls syscalls() {
    return syscalls;
  }

  Deadlines deadlines() {
    return deadlines;
  }

  LinkLimits limits() {
    return limits;
  }

  LinkList links() {
    return links;
  }

  Gate gate() {
    return gate;
  }

  Rendezvous rendezvous() {
    return rendezvous;
  }

  Splicing splicing() {
    return splicing;
  }

  /// What the shard holds at this moment.
  ShardStatus status() {
    return splicing.status(rendezvous.waitingCount());
  }

  /// Counts what the shard holds at this moment, and holds its books against each other.
  ///
  /// @param postedNs when it was asked for, by [System#nanoTime]
  Census census(long postedNs) {
    timings.get(Timing.LOOP_DELAY).record(System.nanoTime() - postedNs);
    ShardAudit.Books books =
        new ShardAudit.Books(
            counters.get(Counter.LINKS_OPENED) - onTheWay - closed.sum(),
            onTheWay,
            splicing.openPairs(),
            splicing.endedBytes(),
            splicing.movedBytes());
    return ShardAudit.take(links.first(), rendezvous, status(), books);
  }

  /// Begins a walk, and has its first links. [LinkList#end] has to follow.
  List<LinkRecord> beginRecords(LinkWalk walk, int most) {
    links.begin(walk);
    return records(walk, most);
  }

  /// The next open links of a walk, as they are at this moment.
  ///
  /// @param most how many at most
  /// @return none at its end
  List<LinkRecord> records(LinkWalk walk, int most) {
    List<LinkRecord> records = new ArrayList<>(most);
    Link link = null;
    while (records.size() < most && (link = walk.advance()) != null) {
      records.add(link.toRecord());
    }
    return records;
  }

  Counters<Counter> counters() {
    return counters;
  }

  Timings timings() {
    return timings;
  }

  Counters<CloseReason> closed() {
    return closed;
  }
}
