package org.beaconrelay.endpoint;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;

/// Where the relays are. A name may stand for several replicas: each of its addresses is one. While
/// a name cannot be looked up, what was last known of it holds, and the observer is told.
///
/// **Thread:** any; blocks.
final class RelayAddresses {
  /// One replica.
  ///
  /// @param relay as it was configured
  record Replica(HostPort relay, InetSocketAddress address) {}

  /// How names become addresses.
  interface Resolver {
    InetAddress[] allByName(String host) throws UnknownHostException;
  }

  private final List<HostPort> relays;
  private final EndpointObserver observer;
  private final Resolver resolver;
  private final Map<HostPort, List<Replica>> known = new ConcurrentHashMap<>();

  RelayAddresses(List<HostPort> relays, EndpointObserver observer) {
    this(relays, observer, InetAddress::getAllByName);
  }

  RelayAddresses(List<HostPort> relays, EndpointObserver observer, Resolver resolver) {
    this.relays = List.copyOf(relays);
    this.observer = observer;
    this.resolver = resolver;
  }

  /// Looks all relays up, and tells each time of those whose name is unknown, unless none has an
  /// address: that is the caller's to tell.
  ///
  /// @return at least one
  /// @throws UnknownHostException naming one, if none has ever had an address
  List<Replica> lookUp() throws UnknownHostException {
    List<Replica> replicas = new ArrayList<>();
    SequencedMap<HostPort, UnknownHostException> unknown = new LinkedHashMap<>();
    for (HostPort relay : relays) {
      try {
        known.put(
            relay,
            Arrays.stream(resolver.allByName(relay.host()))
                .map(address -> new Replica(relay, new InetSocketAddress(address, relay.port())))
                .toList());
      } catch (UnknownHostException e) {
        unknown.put(relay, e);
      }
      replicas.addAll(known.getOrDefault(relay, List.of()));
    }
    if (replicas.isEmpty()) {
      throw new UnknownHostException(
          unknown.isEmpty() ? "(none is configured)" : unknown.lastEntry().getKey().toString());
    }
    unknown.forEach(
        (relay, why) -> observer.onProblem("relay %s: %s".formatted(relay, Reasons.of(why))));
    return replicas.stream().distinct().toList();
  }
}
