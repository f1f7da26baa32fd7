package org.beaconrelay.perf.load;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.perf.Pair;
import org.beaconrelay.perf.RunFailedException;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.jspecify.annotations.Nullable;

/// Opens a single link, or both of a pair, and waits for them. Their channels do not block.
///
/// **Owns:** the links, until they are what they have to be.
final class Opening implements Link.Listener, Closeable {
  private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);

  /// What the links have to be.
  private interface Goal {
    boolean isReached() throws IOException;
  }

  private final Relay relay;
  private final Selector selector;
  private final List<Link> links = new ArrayList<>();
  private @Nullable String failure;

  private Opening(Relay relay) throws IOException {
    this.relay = relay;
    this.selector = Selector.open();
  }

  /// A pair of an info_hash of its own.
  ///
  /// @throws RunFailedException if the relay does not pair them
  static Pair pair(Relay relay) throws IOException, RunFailedException {
    InfoHash infoHash = Link.randomInfoHash();
    try (Opening opening = new Opening(relay)) {
      Link bridge = opening.announce(Role.BRIDGE, infoHash);
      Link broker = opening.announce(Role.BROKER, infoHash);
      opening.await(() -> Link.arePaired(bridge, broker));
      return new Pair(bridge.release(), broker.release());
    }
  }

  /// A link that waits for a counterpart that will not come.
  ///
  /// @throws RunFailedException if the relay does not let it wait
  static SocketChannel waiting(Relay relay) throws IOException, RunFailedException {
    try (Opening opening = new Opening(relay)) {
      Link link = opening.announce(Role.BRIDGE, Link.randomInfoHash());
      opening.await(link::isWaiting);
      return link.release();
    }
  }

  private Link announce(Role role, InfoHash infoHash) {
    Link link = new Link(role, infoHash, this);
    links.add(link);
    link.connect(relay, selector);
    link.announce();
    return link;
  }

  private void await(Goal goal) throws IOException, RunFailedException {
    long giveUpNs = System.nanoTime() + TIMEOUT_NS;
    while (!goal.isReached()) {
      long leftMs = TimeUnit.NANOSECONDS.toMillis(giveUpNs - System.nanoTime());
      if (failure != null || leftMs <= 0) {
        throw new RunFailedException(failure == null ? "no answer in 10 s" : failure);
      }
      selector.select(key -> ((Link) key.attachment()).onReady(), leftMs);
    }
  }

  @Override
  public void onPaired(Link link) {}

  @Override
  public void onReady(Link link) {}

  @Override
  public void onFailed(String how) {
    failure = how;
  }

  @Override
  public void close() throws IOException {
    links.forEach(Link::reset);
    selector.close();
  }
}
