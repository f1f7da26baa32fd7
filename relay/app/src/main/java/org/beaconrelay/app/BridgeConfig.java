package org.beaconrelay.app;

import java.util.List;
import java.util.Set;
import org.beaconrelay.endpoint.Bridge;
import org.beaconrelay.endpoint.EndpointIdentity;
import org.beaconrelay.endpoint.HostPort;
import org.beaconrelay.protocol.Role;
import org.jspecify.annotations.Nullable;

/// The configuration of a bridge.
record BridgeConfig(EndpointConfig endpoint, Bridge.Settings settings, boolean checkOnly)
    implements Config {
  static final int DEFAULT_POOL = 4;

  private static final int MAX_POOL = 1_000;

  /// Understands all that was given.
  ///
  /// @return null if there are problems, be they old ones
  static @Nullable BridgeConfig parse(Given given) {
    EndpointConfig endpoint = EndpointConfig.parse(given, Role.BRIDGE);
    HostPort service = given.required(BridgeOption.SERVICE, HostPorts::parse);
    int most = Math.min(MAX_POOL, endpoint.maxConnections());
    int pool =
        given.value(
            BridgeOption.POOL,
            text -> {
              int links = Numbers.parse(text, 1, MAX_POOL);
              if (links > most) {
                throw new BadValueException(
                    "more than --max-connections, which counts waiting links too: at most " + most);
              }
              return links;
            },
            Math.min(DEFAULT_POOL, most));
    boolean checkOnly = given.checkOnly();
    EndpointIdentity identity = endpoint.identity();
    if (identity == null || service == null || !given.problems().isEmpty()) {
      return null;
    }
    return new BridgeConfig(
        endpoint,
        new Bridge.Settings(
            endpoint.relays(),
            endpoint.trust(),
            identity,
            service,
            pool,
            endpoint.maxConnections()),
        checkOnly);
  }

  @Override
  public List<String> warnings() {
    return endpoint.warnings();
  }

  @Override
  public String describe() {
    return endpoint.describe().add(BridgeOption.values(), Set.of(), this::value).end();
  }

  private String value(BridgeOption option) {
    return switch (option) {
      case SERVICE -> settings.service().toString();
      case POOL -> String.valueOf(settings.pool());
    };
  }

  @Override
  public int start(Terminal terminal) {
    KeyValueLine ready =
        new KeyValueLine("ready")
            .add("relay", HostPorts.join(settings.relays()))
            .add("service", settings.service());
    return new EndpointProcess("bridge", endpoint.drainTimeout(), terminal)
        .run(
            describe(),
            observer -> {
              Bridge bridge = Bridge.start(settings, observer);
              return new EndpointProcess.Running(
                  () -> ready, bridge::openConnections, bridge::drain);
            });
  }
}
