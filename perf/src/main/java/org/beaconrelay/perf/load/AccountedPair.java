package org.beaconrelay.perf.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.random.RandomGenerator;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.jspecify.annotations.Nullable;

/// A pair that follows its script.
///
/// **Thread:** that of all pairs. **Owns:** both links.
final class AccountedPair implements Link.Listener {
  private final PairScript script;
  private final Selector selector;
  private final long openedNs = System.nanoTime();
  private final Link bridge;
  private final Link broker;
  private final AccountedEnd bridgeEnd;
  private final AccountedEnd brokerEnd;
  private @Nullable String failure;

  AccountedPair(PairScript script, RandomGenerator random, Selector selector) {
    this.script = script;
    this.selector = selector;
    InfoHash infoHash = Link.randomInfoHash();
    this.bridge = new Link(Role.BRIDGE, infoHash, this);
    this.broker = new Link(Role.BROKER, infoHash, this);
    this.bridgeEnd = new AccountedEnd(script.bridge(), random);
    this.brokerEnd = new AccountedEnd(script.broker(), random);
  }

  long openedNs() {
    return openedNs;
  }

  /// Connects both, and has them announce.
  void open(Relay relay) {
    for (Link link : new Link[] {bridge, broker}) {
      link.connect(relay, selector);
      link.announce();
    }
  }

  /// What went wrong with it; null if nothing has.
  @Nullable String failure() {
    return failure;
  }

  /// Whether both ends have done what they had to.
  boolean isOver() {
    return bridgeEnd.isOver() && brokerEnd.isOver();
  }

  Account account() {
    return new Account(bridge.pairId(), script.ending(), bridgeEnd.tally(), brokerEnd.tally());
  }

  @Override
  public void onPaired(Link link) throws IOException {
    if (Link.arePaired(bridge, broker)) {
      advance(bridge);
      advance(broker);
    }
  }

  @Override
  public void onReady(Link link) throws IOException {
    if (Link.arePaired(bridge, broker)) {
      advance(link);
    }
  }

  @Override
  public void onFailed(String how) {
    failure = how;
  }

  private void advance(Link link) throws IOException {
    AccountedEnd end = endOf(link);
    try {
      end.advance(link.channel(), System.nanoTime());
    } catch (IOException e) {
      if (!script.ending().isReset() || end.resets()) {
        throw e;
      }
      end.onReset();
      link.channel().close();
    }
    listen(link);
  }

  /// Those that have stalled go on when their time has come.
  void onTime() throws IOException {
    if (Link.arePaired(bridge, broker)) {
      listen(bridge);
      listen(broker);
    }
  }

  private void listen(Link link) {
    SelectionKey key = link.channel().keyFor(selector);
    if (key != null && key.isValid()) {
      int interest = endOf(link).interest(System.nanoTime());
      if (key.interestOps() != interest) {
        key.interestOps(interest);
      }
    }
  }

  private AccountedEnd endOf(Link link) {
    return link == bridge ? bridgeEnd : brokerEnd;
  }

  /// Closes what is over.
  void close() throws IOException {
    bridge.channel().close();
    broker.channel().close();
  }

  /// Resets what is not.
  void reset() {
    bridge.reset();
    broker.reset();
  }
}
