package org.beaconrelay.endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

  /// What a broker has to know.
  ///
  /// @param relays where to look for a bridge: at each address of each name, until one has one
  /// @param listen where callers connect to; port 0 picks one
  /// @param waitTimeout how long a caller is kept waiting for a bridge, more than 0
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
  private final Exchanges exchanges = new Exchanges();
  private final Set<Socket> pending = Collections.synchronizedSet(new HashSet<>());
  private volatile @Nullable Replica lastGood;
  private volatile boolean stopped;

  private Broker(Settings settings, EndpointObserver observer, ServerSocket listener) {
    this.settings = settings;
    this.observer = observer;
    this.listener = listener;
    this.endToEnd = new EndToEndTls(Role.BROKER, settings.identity(), InstantSource.system());
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
      try {
        Socket caller = listener.accept();
        Thread.ofVirtual().name("beacon-broker-connection").start(() -> serve(caller));
      } catch (IOException e) {
        room.release();
        if (!stopped) {
          observer.onProblem("cannot accept a connection: " + Reasons.of(e));
          Pauses.pause(Backoff.LONGEST);
        }
      }
    }
  }

  private void serve(Socket caller) {
    pending.add(caller);
    try {
      caller.setTcpNoDelay(true);
      caller.setKeepAlive(true);
      connect(caller);
    } catch (IOException e) {
      observer.onProblem("a connection was refused: " + Reasons.of(e));
      Sockets.reset(caller);
    } finally {
      pending.remove(caller);
      room.release();
    }
  }

  private void connect(Socket caller) throws IOException {
    Counterpart bridge = findBridge();
    pending.remove(caller);
    Exchange exchange = new Exchange(Exchange.Side.plain(caller), bridge.side());
    IOException broken;
    try (RelayLink _ = bridge.link()) {
      broken = exchanges.run(exchange);
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
    while (true) {
      IOException problem = new IOException("no relay has an address");
      Duration pause = backoff.afterFailure();
      for (Replica replica : inOrder(RelayAddresses.lookUp(settings.relays()))) {
        try {
          return pairAt(replica, dueNs);
        } catch (UntrustedException e) {
          throw e; // another try would find the same one
        } catch (RejectedException e) {
          problem = e.reason() == RejectReason.WAIT_TIMEOUT ? noBridge(e) : e;
          pause = backoff.afterRejection(e);
        } catch (IOException e) {
          problem = new IOException("relay %s: %s".formatted(replica.relay(), Reasons.of(e)), e);
        }
      }
      if (stopped || System.nanoTime() + pause.toNanos() - dueNs >= 0) {
        throw problem;
      }
      Pauses.pause(pause);
    }
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

  private Counterpart pairAt(Replica replica, long dueNs) throws IOException {
    RelayLink link =
        RelayLink.dial(
            replica.relay().host(),
            replica.address(),
            settings.trust(),
            Role.BROKER,
            settings.identity());
    try {
      long waitMs = Math.max(1, (dueNs - System.nanoTime()) / 1_000_000);
      Socket paired = link.awaitPaired(waitMs, () -> {});
      SSLSocket tls = endToEnd.secure(paired);
      lastGood = replica;
      return new Counterpart(link, new Exchange.Side(tls, paired));
    } catch (IOException | RuntimeException e) {
      link.close();
      throw e;
    }
  }

  // ---- the end

  /// Connections that are open now.
  public int openConnections() {
    return exchanges.count();
  }

  /// Accepts no more callers, and lets those that are there finish.
  ///
  /// @param atMost after this time they are reset
  /// @throws InterruptedException if the thread is interrupted while it waits
  public void drain(Duration atMost) throws InterruptedException {
    stopListening();
    exchanges.awaitNone(atMost);
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
    exchanges.close();
    synchronized (pending) {
      pending.forEach(Sockets::reset);
    }
  }
}
