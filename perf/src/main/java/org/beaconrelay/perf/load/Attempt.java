package org.beaconrelay.perf.load;

import java.nio.channels.Selector;
import java.util.concurrent.ThreadLocalRandom;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;

/// A pair to be, of an info_hash of its own: a bridge that waits, and a broker that announces when
/// it is due.
///
/// **Owns:** both links.
final class Attempt implements Link.Listener {
  /// Hears what becomes of it.
  interface Listener {
    /// Both links have PAIRED.
    void onPaired(Attempt attempt);

    /// Once: its links are gone.
    void onEnded(Attempt attempt, String how);
  }

  private final long number;
  private final long dueNs;
  private final Listener listener;
  private final Link bridge;
  private final Link broker;
  private boolean ended;

  Attempt(long number, long dueNs, Listener listener) {
    this.number = number;
    this.dueNs = dueNs;
    this.listener = listener;
    InfoHash infoHash = randomInfoHash();
    this.bridge = new Link(Role.BRIDGE, infoHash, this);
    this.broker = new Link(Role.BROKER, infoHash, this);
  }

  private static InfoHash randomInfoHash() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new InfoHash(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
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
    bridge.announce();
    broker.connect(relay, selector);
  }

  /// The broker announces, as soon as it can.
  void announce() {
    broker.announce();
  }

  @Override
  public void onPaired() {
    if (bridge.isPaired() && broker.isPaired()) {
      listener.onPaired(this);
    }
  }

  @Override
  public void onFailed(String how) {
    end(how);
  }

  /// Once; later calls do nothing.
  void end(String how) {
    if (!ended) {
      ended = true;
      bridge.reset();
      broker.reset();
      listener.onEnded(this, how);
    }
  }
}
