package org.beaconrelay.perf.load;

import java.io.IOException;
import java.nio.channels.Selector;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.jspecify.annotations.Nullable;

/// A pair to be, of an info_hash of its own: a bridge that waits, a broker that announces when it
/// is due, and what they say to each other then.
///
/// **Owns:** both links.
final class Attempt implements Link.Listener {
  /// Hears what becomes of it.
  interface Listener {
    /// Once: both links have PAIRED, and the broker has its reply.
    void onDone(Attempt attempt);

    /// Once: its links are gone.
    ///
    /// @param failure null if all was done
    void onEnded(Attempt attempt, @Nullable String failure);
  }

  private final long number;
  private final long dueNs;
  private final Exchange exchange;
  private final Listener listener;
  private final Link bridge;
  private final Link broker;
  private boolean done;
  private boolean ended;

  Attempt(long number, long dueNs, Conversation conversation, Listener listener) {
    this.number = number;
    this.dueNs = dueNs;
    this.exchange = new Exchange(number, conversation);
    this.listener = listener;
    InfoHash infoHash = Link.randomInfoHash();
    this.bridge = new Link(Role.BRIDGE, infoHash, this);
    this.broker = new Link(Role.BROKER, infoHash, this);
  }

  long number() {
    return number;
  }

  long dueNs() {
    return dueNs;
  }

  boolean hasEnded() {
    return ended;
  }

  /// Connects both; the bridge announces as soon as it can.
  void connect(Relay relay, Selector selector) {
    bridge.connect(relay, selector);
    broker.connect(relay, selector);
    bridge.announce();
  }

  /// The broker announces, as soon as it can.
  void announce() {
    broker.announce();
  }

  @Override
  public void onPaired(Link link) throws IOException {
    onReady(link);
  }

  @Override
  public void onReady(Link link) throws IOException {
    link.awaitRoom(
        link == broker
            ? exchange.advanceBroker(link.channel())
            : exchange.advanceBridge(link.channel()));
    if (!done && exchange.isReplied() && Link.arePaired(bridge, broker)) {
      done = true;
      listener.onDone(this);
    }
    if (done && exchange.isOver()) {
      end(null);
    }
  }

  @Override
  public void onFailed(String how) {
    end(how);
  }

  /// Once; later calls do nothing.
  ///
  /// @param failure null if all was done
  void end(@Nullable String failure) {
    if (!ended) {
      ended = true;
      bridge.reset();
      broker.reset();
      listener.onEnded(this, failure);
    }
  }
}
