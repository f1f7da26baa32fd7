package org.beaconrelay.endpoint;

import java.io.IOException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.beaconrelay.endpoint.RelayAddresses.Replica;
import org.beaconrelay.protocol.Role;

/// The endpoint beside a service that must not be reachable from outside: keeps links waiting at
/// the relay, and for every broker that is paired with one opens a connection to the service. It
/// listens nowhere.
///
/// **Thread:** any. **Owns:** a virtual thread for each waiting link, two for each connection.
public final class Bridge implements AutoCloseable {
  private static final Duration LOOK_UP_INTERVAL = Duration.ofSeconds(10);

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
  private final Connections connections = new Connections();
  private final Map<Replica, WaitingPool> pools = new HashMap<>();
  private final AtomicBoolean ready = new AtomicBoolean();
  private final Thread lookUps;
  private boolean stopped;

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

  private void keepLookingUp() {
    RelayAddresses addresses = new RelayAddresses(settings.relays(), observer);
    boolean known = true;
    try {
      while (true) {
        try {
          follow(addresses.lookUp());
          known = true;
        } catch (UnknownHostException e) {
          if (known) {
            observer.onProblem("relay %s: there is no host of this name".formatted(e.getMessage()));
          }
          known = false;
        }
        Thread.sleep(LOOK_UP_INTERVAL);
      }
    } catch (InterruptedException e) {
      // Stopped.
    }
  }

  private synchronized void follow(List<Replica> replicas) {
    if (stopped) {
      return;
    }
    pools.forEach(
        (replica, pool) -> {
          if (!replicas.contains(replica)) {
            pool.stop();
          }
        });
    pools.keySet().retainAll(replicas);
    for (Replica replica : replicas) {
      pools.computeIfAbsent(replica, one -> WaitingPool.start(one, settings, new PoolOwner()));
    }
  }

  private final class PoolOwner implements WaitingPool.Owner {
    @Override
    public void onWaiting() {
      if (ready.compareAndSet(false, true)) {
        observer.onReady();
      }
    }

    @Override
    public void onPaired(RelayLink link, Socket socket, WaitingPool pool) {
      Runnable connection =
          () -> {
            try (link) {
              serve(socket, pool);
            } finally {
              pool.onEnded();
            }
          };
      if (!connections.begin("beacon-bridge-connection", connection)) {
        link.close();
        pool.onEnded();
      }
    }

    @Override
    public void onProblem(String problem) {
      observer.onProblem(problem);
    }
  }

  // ---- connections

  private void serve(Socket paired, WaitingPool pool) {
    SSLSocket broker;
    try {
      broker = endToEnd.secure(paired);
      pool.onProven();
    } catch (IOException e) {
      pool.onTurnedAway();
      report("a broker was turned away: " + Reasons.of(e));
      return;
    }
    Socket service;
    try {
      service = Sockets.connect(settings.service());
    } catch (IOException e) {
      Sockets.reset(paired); // the broker's caller shall see at once that there is nobody
      report("the service %s cannot be reached: %s".formatted(settings.service(), Reasons.of(e)));
      return;
    }
    connections.run(new Exchange(new Exchange.Side(broker, paired), Exchange.Side.plain(service)));
  }

  private void report(String problem) {
    if (!Thread.currentThread().isInterrupted()) {
      observer.onProblem(problem);
    }
  }

  /// Connections that are open now.
  public int openConnections() {
    return connections.count();
  }

  /// Takes no more brokers, and lets those that are there finish.
  ///
  /// @param atMost after this time they are reset; [Duration#ZERO]: never
  /// @throws InterruptedException if the thread is interrupted while it waits
  public void drain(Duration atMost) throws InterruptedException {
    stopWaiting();
    connections.awaitNone(atMost);
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
    connections.close();
  }
}
