package org.beaconrelay.server;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.logging.LogManager;
import org.beaconrelay.server.linux.Errno;
import org.beaconrelay.server.linux.ListenSocket;
import org.beaconrelay.server.linux.Syscalls;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.server.metrics.Histogram;
import org.beaconrelay.server.metrics.Timing;
import org.beaconrelay.server.metrics.Timings;
import org.beaconrelay.server.transport.Acceptor;
import org.beaconrelay.server.transport.CryptoThreads;
import org.beaconrelay.server.transport.EventLoops;
import org.jspecify.annotations.Nullable;

/// A running relay.
///
/// **Thread:** any but the shards' own; calls wait for those.
public final class Relay implements AutoCloseable {
  private static final Duration DRAIN_POLL = Duration.ofMillis(20);

  /// How long those who wait have to read that they have to go, where nobody else keeps a relay
  /// that drains: so long may each of them stay (PROTOCOL.md, section 4).
  private static final Duration TELLING = Duration.ofSeconds(1);

  /// How many links are looked at before the other descriptors of the loop come first.
  private static final int RECORDS_A_TURN = 256;

  /// ... and what those have for themselves before the next ones are looked at.
  private static final Duration RECORDS_PAUSE = Duration.ofMillis(2);

  private final RelaySettings settings;
  private final EventLoops loops;
  private final LinkBudget budget;
  private final Gate gate;
  private final ExecutorService crypto;
  private final List<Shard> shards;
  private final List<Acceptor> acceptors = new ArrayList<>();
  private boolean closed;

  private Relay(RelaySettings settings, @Nullable LinkObserver observer) {
    this.settings = settings;
    this.loops = settings.engine().transport().start(settings.engine().eventLoops());
    this.budget = new LinkBudget(settings.limits().maxLinks());
    this.gate = new Gate(settings.access(), settings.limits());
    TotalRates totalRates = TotalRates.of(settings.limits());
    Router router = new Router();
    SecureRandom random = new SecureRandom();
    this.crypto = CryptoThreads.start(settings.engine().eventLoops());
    this.shards =
        loops.loops().stream()
            .map(
                loop ->
                    new Shard(
                        loop,
                        router,
                        settings,
                        budget,
                        gate,
                        totalRates,
                        observer,
                        crypto,
                        random.nextLong()))
            .toList();
    router.init(shards);
  }

  /// Begins with what takes a good part of a start and needs no settings, on a thread of its own:
  /// to link the C library's functions, and the JDK's logging, which is Netty's. Who needs them
  /// before they are there waits.
  public static void prepare() {
    Thread.ofPlatform()
        .daemon()
        .name("beacon-prepare")
        .start(
            () -> {
              Syscalls _ = new Syscalls();
              LogManager _ = LogManager.getLogManager();
            });
  }

  /// Starts a relay.
  ///
  /// @param observer is told what became of links; without one no record of them is ever made
  /// @throws RelayStartException if an address cannot be listened at; then nothing listens
  public static Relay start(RelaySettings settings, @Nullable LinkObserver observer)
      throws RelayStartException {
    Transport transport = settings.engine().transport();
    String fault = transport.fault();
    if (fault != null) {
      throw new RelayStartException("cannot use %s: %s".formatted(transport.label(), fault));
    }
    Relay relay = new Relay(settings, observer);
    try {
      relay.listen();
    } catch (RelayStartException e) {
      relay.close();
      throw e;
    }
    return relay;
  }

  private void listen() throws RelayStartException {
    for (InetSocketAddress address : settings.listen().addresses()) {
      ListenSocket socket = new ListenSocket();
      int fd = socket.open(address, tcpOptions());
      if (fd < 0) {
        throw new RelayStartException(
            "cannot listen at %s: %s (%s)"
                .formatted(Addresses.format(address), Errno.text(-fd), remedy(-fd)));
      }
      Shard shard = shards.get(acceptors.size() % shards.size());
      acceptors.add(new Acceptor(socket, fd, shard.loop(), shard));
    }
    // Not before all of them can be had: who cannot start has never accepted anybody.
    for (int i = 0; i < acceptors.size(); i++) {
      Acceptor acceptor = acceptors.get(i);
      await(shards.get(i % shards.size()), acceptor::start);
    }
  }

  private ListenSocket.TcpOptions tcpOptions() {
    return new ListenSocket.TcpOptions(
        (int) settings.timeouts().keepalive().idle().toSeconds(),
        (int) settings.timeouts().keepalive().interval().toSeconds(),
        settings.timeouts().keepalive().count(),
        Math.toIntExact(settings.timeouts().user().toMillis()));
  }

  private static String remedy(int errno) {
    return switch (errno) {
      case Errno.EADDRINUSE -> "another relay? choose another port with --listen";
      case Errno.EACCES -> "ports below 1024 need CAP_NET_BIND_SERVICE, or see --listen";
      case Errno.EMFILE, Errno.ENFILE -> "raise the limit: ulimit -n, LimitNOFILE";
      default -> "see --listen";
    };
  }

  /// Where it listens, in the order of the settings; a port 0 there is the real one here.
  public List<InetSocketAddress> addresses() {
    return acceptors.stream().map(Acceptor::address).toList();
  }

  /// Links that are open now.
  public int openLinks() {
    return budget.openCount();
  }

  /// Links that have yet to announce, or to be told that they are turned away.
  public int pendingLinks() {
    return gate.pendingCount();
  }

  /// Source addresses that something is kept of: those that have links, and for a second those that
  /// had.
  public int knownSources() {
    return gate.sourceCount();
  }

  /// How much of something there was so far, in all shards.
  public long count(Counter counter) {
    return shards.stream().mapToLong(shard -> shard.counters().get(counter)).sum();
  }

  /// How many links ended so far for a reason.
  public long closedCount(CloseReason reason) {
    return shards.stream().mapToLong(shard -> shard.closed().get(reason)).sum();
  }

  /// What the shards hold now.
  public ShardStatus status() {
    return shards.stream()
        .map(shard -> call(shard, shard::status))
        .reduce(ShardStatus.NOTHING, ShardStatus::plus);
  }

  /// How long something took so far, in all shards.
  public Histogram timing(Timing timing) {
    Timings sum = new Timings();
    shards.forEach(shard -> sum.addAll(shard.timings()));
    return sum.get(timing);
  }

  /// Counts what the shards hold now, and has each hold its books against each other.
  ///
  /// @throws TimeoutException if a shard has not answered in time: its event loop is stuck
  public Census census(Duration atMost) throws TimeoutException, InterruptedException {
    long openedBefore = count(Counter.LINKS_OPENED);
    long closedBefore = closedCount();
    List<FutureTask<Census>> asked = new ArrayList<>();
    for (Shard shard : shards) {
      long postedNs = System.nanoTime();
      asked.add(post(shard, () -> shard.census(postedNs)));
    }
    long dueNs = System.nanoTime() + atMost.toNanos();
    Census census = Census.NOTHING;
    for (FutureTask<Census> each : asked) {
      census = census.plus(answer(each, dueNs));
    }
    int counted = openLinks();
    int found = census.links() + census.onTheWay();
    // Not while they come and go: shards are not asked all at the same moment.
    boolean isQuiet = openedBefore == count(Counter.LINKS_OPENED) && closedBefore == closedCount();
    return isQuiet && found != counted
        ? census.withFault(
            "open links of all shards: %d found, %d counted".formatted(found, counted))
        : census;
  }

  private long closedCount() {
    return shards.stream().mapToLong(shard -> shard.closed().sum()).sum();
  }

  /// Tells of every open link, as it is at the moment when its shard comes to it. No event loop is
  /// held up by how many there are, nor by how long the consumer takes.
  ///
  /// @param consumer is called on the caller's thread
  /// @throws TimeoutException if a shard has not answered in time: its event loop is stuck
  public void forEachLink(Duration atMost, Consumer<LinkRecord> consumer)
      throws TimeoutException, InterruptedException {
    for (Shard shard : shards) {
      LinkWalk walk = new LinkWalk();
      try {
        List<LinkRecord> some = ask(shard, atMost, () -> shard.beginRecords(walk, RECORDS_A_TURN));
        while (!some.isEmpty()) {
          some.forEach(consumer);
          Thread.sleep(RECORDS_PAUSE);
          some = ask(shard, atMost, () -> shard.records(walk, RECORDS_A_TURN));
        }
      } finally {
        end(shard, walk);
      }
    }
  }

  /// Refuses announces, tells waiting links to go, and lets pairs end by themselves until the drain
  /// timeout has passed; without one, until the last pair has ended. Listens until [#close], to
  /// tell whoever comes that another replica will serve.
  ///
  /// @return whether all links have ended
  /// @throws InterruptedException if the thread is interrupted while it waits
  public boolean drain() throws InterruptedException {
    shards.forEach(shard -> await(shard, shard::drain));
    Duration timeout = settings.timeouts().drain();
    boolean isLimited = !timeout.isZero();
    long dueNs = System.nanoTime() + (isLimited ? timeout : TELLING).toNanos();
    while (openLinks() > 0 && (System.nanoTime() - dueNs < 0 || (!isLimited && hasOpenPairs()))) {
      Thread.sleep(DRAIN_POLL);
    }
    return openLinks() == 0;
  }

  private boolean hasOpenPairs() {
    return count(Counter.PAIRS_OPENED) > count(Counter.PAIRS_CLOSED);
  }

  /// Stops: resets what is open. Idempotent.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (int i = 0; i < acceptors.size(); i++) {
      await(shards.get(i % shards.size()), acceptors.get(i)::close);
    }
    shards.forEach(shard -> await(shard, shard::stop));
    // A link that was on its way from one shard to another is there by now.
    shards.forEach(shard -> await(shard, shard::closeAlarms));
    crypto.close(); // it hands its results to the loops
    loops.close();
  }

  private static void end(Shard shard, LinkWalk walk) {
    try {
      shard.execute(() -> shard.links().end(walk));
    } catch (RejectedExecutionException _) {
      // The shard is gone, and the walk with it.
    }
  }

  private static <T> T ask(Shard shard, Duration atMost, Callable<T> question)
      throws TimeoutException, InterruptedException {
    return answer(post(shard, question), System.nanoTime() + atMost.toNanos());
  }

  private static <T> FutureTask<T> post(Shard shard, Callable<T> question) throws TimeoutException {
    FutureTask<T> task = new FutureTask<>(question);
    try {
      shard.execute(task);
    } catch (RejectedExecutionException _) {
      throw new TimeoutException("the relay has stopped");
    }
    return task;
  }

  private static <T> T answer(FutureTask<T> task, long dueNs)
      throws TimeoutException, InterruptedException {
    try {
      return task.get(dueNs - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static void await(Shard shard, Runnable action) {
    call(
        shard,
        () -> {
          action.run();
          return true;
        });
  }

  private static <T> T call(Shard shard, Callable<T> question) {
    FutureTask<T> task = new FutureTask<>(question);
    shard.execute(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
