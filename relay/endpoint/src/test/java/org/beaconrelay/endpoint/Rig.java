package org.beaconrelay.endpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/// A bridge in front of a service and a broker, at a relay that is somebody else's.
final class Rig implements AutoCloseable {
  static final Identities IDENTITIES = Identities.make();
  static final Duration WAIT = Duration.ofSeconds(20);

  final Observed bridgeSaid = new Observed();
  final Observed brokerSaid = new Observed();
  final Bridge bridge;
  final Broker broker;

  private Rig(Bridge.Settings bridge, Broker.Settings broker) throws IOException {
    this.bridge = Bridge.start(bridge, bridgeSaid);
    this.broker = Broker.start(broker, brokerSaid);
  }

  /// Whose bridge waits already.
  static Rig start(TestRelay relay, StandIn service) throws Exception {
    return start(relay, service, 2);
  }

  static Rig start(TestRelay relay, StandIn service, int pool) throws Exception {
    Rig rig =
        of(
            bridge(List.of(relay.address()), relay.trust(), service.address(), pool),
            broker(List.of(relay.address()), relay.trust()));
    rig.bridgeSaid.awaitReady();
    return rig;
  }

  static Rig of(Bridge.Settings bridge, Broker.Settings broker) throws IOException {
    return new Rig(bridge, broker);
  }

  static Bridge.Settings bridge(
      List<HostPort> relays, RelayTrust trust, HostPort service, int pool) {
    return new Bridge.Settings(
        relays, trust, IDENTITIES.bridgeIdentity(), service, pool, Math.max(pool, 1_000));
  }

  static Broker.Settings broker(List<HostPort> relays, RelayTrust trust) {
    return new Broker.Settings(
        relays,
        trust,
        IDENTITIES.brokerIdentity(),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        WAIT,
        1_000);
  }

  /// A caller of the broker.
  Socket call() throws IOException {
    Socket caller = new Socket(broker.address().getAddress(), broker.address().getPort());
    caller.setTcpNoDelay(true);
    return caller;
  }

  @Override
  public void close() {
    broker.close();
    bridge.close();
  }
}
