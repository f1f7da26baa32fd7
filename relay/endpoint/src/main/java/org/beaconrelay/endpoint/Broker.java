package org.beaconrelay.endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLSocket;
import org.beaconrelay.endpoint.RelayAddresses.Replica;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.jspecify.annotations.Nullable;

/// The endpoint in the consuming cluster: listens locally, and for every connection obtains a pair
/// and hands the bytes to the bridge.
///
/// **Thread:** any. **Owns:** a listening socket, two virtual threads for each connection.
public final class Broker implements AutoCloseable {
  private static final int BACKLOG = 1_024;

  /// So that a burst of callers does not have all its handshakes under way at once. The number is a
  /// guess: no measurement has shown yet that it helps.
  static final int HANDSHAKES_PER_PROCESSOR = 16;

  /// The bridge may wait at another.
  private static final Duration WAIT_AT_ONE_OF_MANY = Duration.ofSeconds(2);

  /// What a broker has to know.
  ///
  /// @param relays where to look for a bridge: at each address of each name, until one has one
  /// @param listen where callers connect to; port 0 picks one
  /// @param waitTimeout how long a caller is kept waiting for a bridge, 1 to 2^32 - 1 ms
  /// @param maxConnections callers at a time, at least 1; further ones wait to be accepted
  public record Settings(
      List<HostPort> relays,
      RelayTrust trust,
      EndpointIdentity identity,
      InetSocketAddress listen,
      Duration waitTimeout,
      int maxConnections) {}

  private final Settings settings;
  private final EndpointObserver observer;
  private final EndToEndTls endToEnd;
  private final ServerSocket listener;
  private final Semaphore room;
  private final Semaphore handshakes =
      new Semaphore(HANDSHAKES_PER_PROCESSOR * Runtime.getRuntime().availableProcessors());
  private final RelayAddresses relays;
  private final Connections connections = new Connections();
  private volatile @Nullable Replica lastGood;
  private volatile boolean stopped;

  private Broker(Settings settings, EndpointObserver observer, ServerSocket listener) {
    this.settings = settings;
    this.observer = observer;
    this.listener = listener;
    this.endToEnd = new EndToEndTls(Role.BROKER, settings.identity(), InstantSource.system());
    this.relays = new RelayAddresses(settings.relays(), observer);
    this.room = new Semaphore(settings.maxConnections());
  }

  /// Starts a broker; it listens when this returns.
  ///
  /// @throws IOException if it cannot listen
  /// @throws IllegalArgumentException if key and certificate do not go together
  public static Broker start(Settings settings, EndpointObserver observer) throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(settings.listen(), BACKLOG);
      Broker broker = new Broker(settings, observer, listener);
      Thread.ofVirtual().name("beacon-broker").start(broker::keepAccepting);
      observer.onReady();
      return broker;
    } catch (IOException | RuntimeException e) {
      listener.close();
      throw e;
    }
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  private void keepAccepting() {
    while (!stopped) {
      room.acquireUninterruptibly();
      boolean begun = false;
      try {
        Socket caller = listener.accept();
        begun = connections.begin("beacon-broker-connection", () -> serve(caller));
        if (!begun) {
          Sockets.reset(caller);
        }
      } catch (IOException e) {
        if (!stopped) {
          observer.onProblem("cannot accept a connection: " + Reasons.of(e));
          Pauses.pause(Backoff.LONGEST);
        }
      } finally {
        if (!begun) {
          room.release();
        }
      }
    }
  }

  private void serve(Socket caller) {
    try {
      Sockets.setOptions(caller);
      connect(caller);
    } catch (IOException e) {
      Sockets.reset(caller);
      if (!Thread.currentThread().isInterrupted()) {
        observer.onProblem("a connection was refused: " + Reasons.of(e));
      }
    } finally {
      Sockets.close(caller);
      room.release();
    }
  }

  private void connect(Socket caller) throws IOException {
    Counterpart bridge = findBridge();
    Exchange exchange = new Exchange(Exchange.Side.plain(caller), bridge.side());
    IOException broken;
    try (RelayLink _ = bridge.link()) {
      broken = connections.run(exchange);
    }
    if (broken != null && !exchange.isAnswered() && !stopped) {
      observer.onProblem(
          "a connection was cut off before the service said anything (%s): the bridge says why"
              .formatted(Reasons.of(broken)));
    }
  }

  // ---- finding a bridge

  /// A bridge that has proven who it is.
  private record Counterpart(RelayLink link, Exchange.Side side) {}

  /// Tries one relay after the other, over and over. Nothing of the caller's has been sent by then,
  /// so that a further try does no harm.
  ///
  /// @throws IOException that of the last try, once the time is up
  private Counterpart findBridge() throws IOException {
    long dueNs = System.nanoTime() + settings.waitTimeout().toNanos();
    Backoff backoff = new Backoff(ThreadLocalRandom.current());
    IOException problem = new IOException("no relay was tried");
    boolean tried = false;
    while (true) {
      List<Replica> replicas = inOrder(relays.lookUp());
      Duration atOne = replicas.size() == 1 ? settings.waitTimeout() : WAIT_AT_ONE_OF_MANY;
      Duration pause = Backoff.LONGEST_ASKED;
      for (Replica replica : replicas) {
        long startNs = System.nanoTime();
        if (tried && startNs - dueNs >= 0) {
          throw problem;
        }
        tried = true;
        Duration wanted;
        try {
          return pairAt(replica, dueNs, atOne);
        } catch (RejectedException e) {
          problem = worse(problem, e.reason() == RejectReason.WAIT_TIMEOUT ? noBridge(e) : e);
          wanted = backoff.afterRejection(e);
        } catch (IOException e) {
          problem = worse(problem, e);
          wanted = backoff.afterFailure(Duration.ofNanos(System.nanoTime() - startNs));
        }
        pause = wanted.compareTo(pause) < 0 ? wanted : pause;
      }
      if (problem instanceof UntrustedException
          || Thread.currentThread().isInterrupted()
          || System.nanoTime() + pause.toNanos() - dueNs >= 0) {
        throw problem;
      }
      Pauses.pause(pause);
    }
  }

  /// Somebody who is not whom it has to be is what has to be told, and what no further try mends.
  private static IOException worse(IOException one, IOException later) {
    return one instanceof UntrustedException ? one : later;
  }

  private IOException noBridge(RejectedException rejected) {
    return new IOException(
        "no bridge came within %d s: is it running, with the same bridge CA?"
            .formatted(settings.waitTimeout().toSeconds()),
        rejected);
  }

  private List<Replica> inOrder(List<Replica> replicas) {
    List<Replica> ordered = new ArrayList<>(replicas);
    Replica first = lastGood;
    if (first != null && ordered.remove(first)) {
      ordered.addFirst(first);
    }
    return ordered;
  }

  /// Has its turn for the handshakes, and gives it up where it has to wait for a bridge.
  ///
  /// @param dueNs when the caller's time is up
  /// @param atMost the longest wait at this replica, which begins with the turn
  private Counterpart pairAt(Replica replica, long dueNs, Duration atMost) throws IOException {
    try (Turn turn = Turn.take(handshakes, dueNs)) {
      long untilNs = Math.min(dueNs, System.nanoTime() + atMost.toNanos());
      RelayLink link = dial(replica);
      boolean paired = false;
      try {
        long waitMs = Math.max(1, (untilNs - System.nanoTime()) / 1_000_000);
        Socket socket = link.awaitPaired(waitMs, turn::close);
        SSLSocket tls = endToEnd.secure(socket);
        lastGood = replica;
        paired = true;
        return new Counterpart(link, new Exchange.Side(tls, socket));
      } finally {
        if (!paired) {
          link.close();
        }
      }
    }
  }

  private RelayLink dial(Replica replica) throws IOException {
    try {
      return RelayLink.dial(
          replica.relay().host(),
          replica.address(),
          settings.trust(),
          Role.BROKER,
          settings.identity());
    } catch (IOException e) {
      throw new IOException("relay %s: %s".formatted(replica.relay(), Reasons.of(e)), e);
    }
  }

  // ---- the end

  /// Connections that are open now.
  public int openConnections() {
    return connections.count();
  }

  /// Accepts no more callers, and lets those that are there finish.
  ///
  /// @param atMost after this time they are reset; [Duration#ZERO]: never
  /// @throws InterruptedException if the thread is interrupted while it waits
  public void drain(Duration atMost) throws InterruptedException {
    stopListening();
    connections.awaitNone(atMost);
    close();
  }

  private void stopListening() {
    stopped = true;
    try {
      listener.close();
    } catch (IOException e) {
      // It listens no more all the same.
    }
  }

  /// Ends all that is open with a reset. Idempotent.
  @Override
  public void close() {
    stopListening();
    connections.close();
  }
}
