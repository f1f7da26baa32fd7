package org.beaconrelay.endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.beaconrelay.endpoint.RelayAddresses.Replica;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;

/// The endpoint beside a service that must not be reachable from outside: keeps links waiting at
/// the relay, and for every broker that is paired with one opens a connection to the service. It
/// listens nowhere.
///
/// **Thread:** any. **Owns:** a virtual thread for each waiting link, two for each connection.
public final class Bridge implements AutoCloseable {
  private static final Duration LOOK_UP_INTERVAL = Duration.ofSeconds(10);
  private static final int SERVICE_TIMEOUT_MS = 5_000;

  /// What a bridge has to know.
  ///
  /// @param relays where to keep links waiting: at each address of each name
  /// @param service what brokers are connected to
  /// @param pool links that wait at each replica, at least 1
  /// @param maxConnections links at each replica, waiting or paired, at least `pool`
  public record Settings(
      List<HostPort> relays,
      RelayTrust trust,
      EndpointIdentity identity,
      HostPort service,
      int pool,
      int maxConnections) {}

  private final Settings settings;
  private final EndpointObserver observer;
  private final EndToEndTls endToEnd;
  private final Exchanges exchanges = new Exchanges();
  private final Map<Replica, WaitingPool> pools = new HashMap<>();
  private final AtomicBoolean ready = new AtomicBoolean();
  private final Thread lookUps;
  private volatile boolean stopped;

  private Bridge(Settings settings, EndpointObserver observer) {
    this.settings = settings;
    this.observer = observer;
    this.endToEnd = new EndToEndTls(Role.BRIDGE, settings.identity(), InstantSource.system());
    this.lookUps = Thread.ofVirtual().name("beacon-bridge").unstarted(this::keepLookingUp);
  }

  /// Starts a bridge. It returns at once; see [EndpointObserver#onReady].
  ///
  /// @throws IllegalArgumentException if key and certificate do not go together
  public static Bridge start(Settings settings, EndpointObserver observer) {
    Bridge bridge = new Bridge(settings, observer);
    bridge.lookUps.start();
    return bridge;
  }

  // ---- where replicas are

  private void keepLookingUp() {
    while (!stopped) {
      try {
        follow(RelayAddresses.lookUp(settings.relays()));
      } catch (UnknownHostException e) {
        observer.onProblem("cannot find the relay %s: no such host".formatted(e.getMessage()));
      }
      Pauses.pause(LOOK_UP_INTERVAL);
    }
  }

  private synchronized void follow(List<Replica> replicas) {
    pools.forEach(
        (replica, pool) -> {
          if (!replicas.contains(replica)) {
            pool.stop();
          }
        });
    pools.keySet().retainAll(replicas);
    for (Replica replica : replicas) {
      if (!stopped && !pools.containsKey(replica)) {
        WaitingPool pool = new WaitingPool(replica);
        pools.put(replica, pool);
        pool.start();
      }
    }
  }

  // ---- links that wait

  /// The links that wait at one replica.
  private final class WaitingPool {
    private final Replica replica;
    private final Semaphore room = new Semaphore(settings.maxConnections());
    private final Set<RelayLink> waiting = new HashSet<>();
    private boolean over;

    WaitingPool(Replica replica) {
      this.replica = replica;
    }

    void start() {
      for (int i = 0; i < settings.pool(); i++) {
        Thread.ofVirtual().name("beacon-bridge-link").start(this::keepWaiting);
      }
    }

    private void keepWaiting() {
      Backoff backoff = new Backoff(ThreadLocalRandom.current());
      while (!isOver()) {
        room.acquireUninterruptibly();
        boolean paired = false;
        Duration pause = Duration.ZERO;
        try {
          paired = waitOnce(backoff);
        } catch (RejectedException e) {
          pause = backoff.afterRejection(e);
          if (e.reason() != RejectReason.WAIT_TIMEOUT) {
            report("%s; next try in %d s".formatted(e.getMessage(), pause.toSeconds()));
          }
        } catch (IOException e) {
          pause = backoff.afterFailure();
          report(Reasons.of(e));
        }
        if (!paired) {
          room.release();
          Pauses.pause(pause);
        }
      }
    }

    /// @return whether a broker came, whose connection goes on elsewhere
    private boolean waitOnce(Backoff backoff) throws IOException {
      InetSocketAddress address = replica.address();
      RelayLink link =
          RelayLink.dial(
              replica.relay().host(), address, settings.trust(), Role.BRIDGE, settings.identity());
      boolean paired = false;
      try {
        if (!enter(link)) {
          return false;
        }
        Socket socket =
            link.awaitPaired(
                0,
                () -> {
                  backoff.reset();
                  becomeReady();
                });
        backoff.reset();
        becomeReady();
        paired = true;
        Thread.ofVirtual().name("beacon-bridge-connection").start(() -> serve(link, socket));
        return true;
      } finally {
        leave(link);
        if (!paired) {
          link.close();
        }
      }
    }

    private void serve(RelayLink link, Socket paired) {
      try (link) {
        connect(paired);
      } finally {
        room.release();
      }
    }

    private void report(String why) {
      if (!isOver()) {
        observer.onProblem("relay %s: %s".formatted(replica.relay(), why));
      }
    }

    private synchronized boolean isOver() {
      return over;
    }

    private synchronized boolean enter(RelayLink link) {
      return !over && waiting.add(link);
    }

    private synchronized void leave(RelayLink link) {
      waiting.remove(link);
    }

    synchronized void stop() {
      over = true;
      waiting.forEach(RelayLink::close);
    }
  }

  private void becomeReady() {
    if (ready.compareAndSet(false, true)) {
      observer.onReady();
    }
  }

  // ---- connections

  private void connect(Socket paired) {
    SSLSocket broker;
    try {
      broker = endToEnd.secure(paired);
    } catch (IOException e) {
      observer.onProblem("a broker was turned away: " + Reasons.of(e));
      return;
    }
    Socket service = new Socket();
    try {
      service.connect(
          new InetSocketAddress(settings.service().host(), settings.service().port()),
          SERVICE_TIMEOUT_MS);
      service.setTcpNoDelay(true);
      service.setKeepAlive(true);
    } catch (IOException e) {
      // The broker's caller shall see at once that there is nobody.
      Sockets.reset(paired);
      Sockets.close(service);
      observer.onProblem(
          "the service %s cannot be reached: %s".formatted(settings.service(), Reasons.of(e)));
      return;
    }
    exchanges.run(new Exchange(new Exchange.Side(broker, paired), Exchange.Side.plain(service)));
  }

  /// Connections that are open now.
  public int openConnections() {
    return exchanges.count();
  }

  /// Takes no more brokers, and lets those that are there finish.
  ///
  /// @param atMost after this time they are reset
  /// @throws InterruptedException if the thread is interrupted while it waits
  public void drain(Duration atMost) throws InterruptedException {
    stopWaiting();
    exchanges.awaitNone(atMost);
    close();
  }

  private synchronized void stopWaiting() {
    stopped = true;
    lookUps.interrupt();
    pools.values().forEach(WaitingPool::stop);
  }

  /// Ends all that is open with a reset. Idempotent.
  @Override
  public void close() {
    stopWaiting();
    exchanges.close();
  }
}
