package org.beaconrelay.endpoint;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/// Where the relays are. A name may stand for several replicas: each of its addresses is one.
final class RelayAddresses {
  /// One replica.
  ///
  /// @param relay as it was configured
  record Replica(HostPort relay, InetSocketAddress address) {}

  private RelayAddresses() {}

  /// Looks all relays up.
  ///
  /// @throws UnknownHostException naming one that has no address, if none has
  static List<Replica> lookUp(List<HostPort> relays) throws UnknownHostException {
    List<Replica> replicas = new ArrayList<>();
    UnknownHostException unknown = null;
    for (HostPort relay : relays) {
      try {
        for (InetAddress address : InetAddress.getAllByName(relay.host())) {
          replicas.add(new Replica(relay, new InetSocketAddress(address, relay.port())));
        }
      } catch (UnknownHostException e) {
        unknown = new UnknownHostException(relay.host());
      }
    }
    if (replicas.isEmpty() && unknown != null) {
      throw unknown;
    }
    return replicas;
  }
}
