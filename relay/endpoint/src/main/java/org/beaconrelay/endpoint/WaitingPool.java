package org.beaconrelay.endpoint;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.beaconrelay.endpoint.RelayAddresses.Replica;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.jspecify.annotations.Nullable;

/// The links of a bridge that wait at one replica: as many as the settings say, each replaced as
/// soon as it is paired, or ends. Where one after the other is paired with somebody who is no
/// broker, and no broker comes in between, there are pauses as after other failures.
///
/// **Thread:** any. **Owns:** a virtual thread for each waiting link, and the link until it is
/// paired.
final class WaitingPool {
  /// Who is told what becomes of the links.
  interface Owner {
    /// A link waits, or would have waited if a broker had not been there.
    void onWaiting();

    /// A broker has come.
    ///
    /// @param link from now on the owner's to close
    /// @param socket the link's, whose next byte is the broker's
    /// @param pool is to be told what comes of it
    void onPaired(RelayLink link, Socket socket, WaitingPool pool);

    void onProblem(String problem);
  }

  private final Replica replica;
  private final Bridge.Settings settings;
  private final Owner owner;
  private final Semaphore room;
  private final List<Thread> threads;
  private final AtomicInteger turnedAway = new AtomicInteger();
  private final AtomicReference<@Nullable String> lastProblem = new AtomicReference<>();

  private WaitingPool(Replica replica, Bridge.Settings settings, Owner owner) {
    this.replica = replica;
    this.settings = settings;
    this.owner = owner;
    this.room = new Semaphore(settings.maxConnections());
    this.threads =
        IntStream.range(0, settings.pool())
            .mapToObj(
                _ -> Thread.ofVirtual().name("beacon-bridge-link").unstarted(this::keepWaiting))
            .toList();
  }

  static WaitingPool start(Replica replica, Bridge.Settings settings, Owner owner) {
    WaitingPool pool = new WaitingPool(replica, settings, owner);
    pool.threads.forEach(Thread::start);
    return pool;
  }

  /// Ends the links that wait, not those that are paired.
  void stop() {
    threads.forEach(Thread::interrupt); // it closes the socket that a virtual thread blocks on
  }

  private void keepWaiting() {
    Backoff backoff = new Backoff(ThreadLocalRandom.current());
    try {
      while (true) {
        room.acquire();
        Thread.sleep(waitOnce(backoff));
      }
    } catch (InterruptedException e) {
      // Stopped.
    }
  }

  /// @return how long to wait before the next one
  private Duration waitOnce(Backoff backoff) {
    long startNs = System.nanoTime();
    boolean paired = false;
    try {
      RelayLink link = dial();
      try {
        Socket socket = link.awaitPaired(0, this::onWaiting);
        onWaiting();
        paired = true;
        owner.onPaired(link, socket, this);
        if (turnedAway.get() >= settings.pool()) {
          return backoff.afterFailure(since(startNs));
        }
        backoff.afterSuccess();
        return Duration.ZERO;
      } finally {
        if (!paired) {
          link.close();
        }
      }
    } catch (RejectedException e) {
      Duration pause = backoff.afterRejection(e);
      if (e.reason() != RejectReason.WAIT_TIMEOUT) {
        report(e.getMessage());
      }
      return pause;
    } catch (IOException e) {
      report(Reasons.of(e));
      return backoff.afterFailure(since(startNs));
    } finally {
      if (!paired) {
        room.release();
      }
    }
  }

  private static Duration since(long startNs) {
    return Duration.ofNanos(System.nanoTime() - startNs);
  }

  // ---- what comes of links that were paired

  /// Who was paired is a broker.
  void onProven() {
    turnedAway.set(0);
  }

  /// Who was paired is no broker, or the relay has paired nobody: this end cannot tell which.
  void onTurnedAway() {
    turnedAway.incrementAndGet();
  }

  /// A link that was paired has ended.
  void onEnded() {
    room.release();
  }

  // ---- the relay

  private RelayLink dial() throws IOException {
    return RelayLink.dial(
        replica.relay().host(),
        replica.address(),
        settings.trust(),
        Role.BRIDGE,
        settings.identity());
  }

  private void onWaiting() {
    lastProblem.set(null);
    owner.onWaiting();
  }

  /// Once, as long as it is the same for all links and all attempts.
  private void report(@Nullable String why) {
    String problem = "relay %s: %s".formatted(replica.relay(), why);
    if (!Thread.currentThread().isInterrupted()
        && !problem.equals(lastProblem.getAndSet(problem))) {
      owner.onProblem(problem);
    }
  }
}
