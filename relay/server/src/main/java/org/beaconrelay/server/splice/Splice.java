package org.beaconrelay.server.splice;

import org.beaconrelay.server.linux.Readiness;
import org.beaconrelay.server.metrics.Counter;

/// A running pair: two links, and a flow each way.
///
/// **Thread:** data plane, shard-confined. **Owns:** leased pipes; the sockets stay their links'.
public final class Splice {
  /// What a splice has to say, at most once each.
  public interface Listener {
    /// The first of the two flows has ended, and its FIN was passed on.
    void onHalfClosed(long nowNs);

    /// Both flows are over, or one has failed. Nothing is moved any more.
    void onEnded();

    /// One that does not care.
    static Listener none() {
      return new Listener() {
        @Override
        public void onHalfClosed(long nowNs) {}

        @Override
        public void onEnded() {}
      };
    }
  }

  private final SpliceEngine engine;
  private final Listener listener;
  private final SpliceEnd bridge;
  private final SpliceEnd broker;
  private final Pump toBroker;
  private final Pump toBridge;
  private long lastMovedNs;
  private boolean halfClosed;
  private boolean ended;

  /// @param nowNs the clock, which counts as the last time that a byte was moved
  public Splice(
      SpliceEngine engine, Listener listener, SpliceEnd bridge, SpliceEnd broker, long nowNs) {
    this.engine = engine;
    this.listener = listener;
    this.bridge = bridge;
    this.broker = broker;
    this.lastMovedNs = nowNs;
    Rates rates = engine.rates();
    this.toBroker =
        new Pump(this, engine, bridge, broker, rates == null ? null : rates.toBroker(nowNs));
    this.toBridge =
        new Pump(this, engine, broker, bridge, rates == null ? null : rates.toBridge(nowNs));
  }

  /// Moves what is there already: early data waits in the kernel.
  public void start(long nowNs) {
    run(nowNs);
  }

  /// The bridge's socket is ready for something.
  public void onBridgeReady(int readiness, long nowNs) {
    onReady(bridge, toBroker, toBridge, readiness, nowNs);
  }

  /// The broker's socket is ready for something.
  public void onBrokerReady(int readiness, long nowNs) {
    onReady(broker, toBridge, toBroker, readiness, nowNs);
  }

  private void onReady(SpliceEnd end, Pump from, Pump to, int readiness, long nowNs) {
    if (ended) {
      return;
    }
    int awaited = awaited(from, to);
    if ((readiness & Readiness.ERROR) != 0) {
      failBoth(from, to);
    }
    if ((readiness & ~Readiness.WRITABLE) != 0) {
      from.onSourceReady(readiness);
    }
    if ((readiness & ~Readiness.READABLE) != 0) {
      to.flow.sinkReady();
    }
    run(nowNs);
    if (!ended) {
      // Nobody was waiting for it, nor is now.
      int useless = readiness & ~awaited & ~awaited(from, to);
      watch(end, end.watchedFor() & ~useless);
    }
  }

  /// What has to become of a socket before one of its flows can go on.
  private static int awaited(Pump from, Pump to) {
    return (from.awaitsSource() ? Readiness.READABLE : 0)
        | (to.awaitsSink() ? Readiness.WRITABLE : 0);
  }

  private static void watch(SpliceEnd end, int readiness) {
    if (readiness != end.watchedFor()) {
      end.watchFor(readiness);
    }
  }

  /// A reset ends both directions at once, even one that had no more to do with the broken socket
  /// than to wait for it.
  private void failBoth(Pump from, Pump to) {
    int errno = engine.syscalls().takeError(from.source.fd());
    if (errno > 0) {
      from.flow.failed(Flow.Side.SOURCE, errno);
      to.flow.failed(Flow.Side.SINK, errno);
    }
  }

  void onTurn(long nowNs) {
    run(nowNs);
  }

  private void run(long nowNs) {
    long toBrokerBytes = toBroker.run(nowNs);
    // Whoever meets a socket's error takes it away, and behind it a reset looks like a FIN.
    long toBridgeBytes = toBroker.flow.state() == Flow.State.FAILED ? 0 : toBridge.run(nowNs);
    long movedBytes = toBrokerBytes + toBridgeBytes;
    if (movedBytes > 0) {
      lastMovedNs = nowNs;
      if (toBrokerBytes > 0) {
        toBridge.endOneWay();
      }
      if (toBridgeBytes > 0) {
        toBroker.endOneWay();
      }
      engine.counters().add(Counter.BYTES_TO_BROKER, toBrokerBytes);
      engine.counters().add(Counter.BYTES_TO_BRIDGE, toBridgeBytes);
      if (toBroker.pipes().copies()) {
        engine.counters().add(Counter.BYTES_COPIED, movedBytes);
      }
    }
    settle(nowNs);
    if (!ended) {
      watch(bridge, bridge.watchedFor() | awaited(toBroker, toBridge));
      watch(broker, broker.watchedFor() | awaited(toBridge, toBroker));
    }
  }

  private void settle(long nowNs) {
    Flow.State first = toBroker.flow.state();
    Flow.State second = toBridge.flow.state();
    boolean failed = first == Flow.State.FAILED || second == Flow.State.FAILED;
    if (failed || (first == Flow.State.SHUT && second == Flow.State.SHUT)) {
      close();
      listener.onEnded();
    } else if (!halfClosed && (first == Flow.State.SHUT || second == Flow.State.SHUT)) {
      halfClosed = true;
      listener.onHalfClosed(nowNs);
    }
  }

  /// Stops for good and gives leased pipes back. What was not delivered is lost. Idempotent.
  public void close() {
    if (!ended) {
      ended = true;
      toBroker.close();
      toBridge.close();
    }
  }

  /// Bridge to broker.
  public Flow toBroker() {
    return toBroker.flow;
  }

  /// Broker to bridge.
  public Flow toBridge() {
    return toBridge.flow;
  }

  /// When a byte was delivered last, by the clock handed in.
  public long lastMovedNs() {
    return lastMovedNs;
  }

  /// One direction has ended, the other has not.
  public boolean isHalfClosed() {
    return halfClosed;
  }
}
