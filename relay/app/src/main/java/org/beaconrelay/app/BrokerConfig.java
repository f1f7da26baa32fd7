package org.beaconrelay.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.beaconrelay.endpoint.Broker;
import org.beaconrelay.endpoint.EndpointIdentity;
import org.beaconrelay.endpoint.EndpointObserver;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.Addresses;
import org.jspecify.annotations.Nullable;

/// The configuration of a broker.
record BrokerConfig(EndpointConfig endpoint, Broker.Settings settings, boolean checkOnly)
    implements Config {
  static final Duration DEFAULT_WAIT_TIMEOUT = Duration.ofSeconds(30);

  /// An announce has 32 bits for the milliseconds.
  private static final Duration MAX_WAIT_TIMEOUT = Duration.ofMillis(0xFFFF_FFFFL);

  /// Understands all that was given.
  ///
  /// @return null if there are problems, be they old ones
  static @Nullable BrokerConfig parse(Given given) {
    EndpointConfig endpoint = EndpointConfig.parse(given, Role.BROKER);
    InetSocketAddress listen = given.required(BrokerOption.LISTEN, ListenAddresses::parseOne);
    Duration waitTimeout =
        given.value(BrokerOption.WAIT_TIMEOUT, BrokerConfig::waitTimeout, DEFAULT_WAIT_TIMEOUT);
    boolean checkOnly = given.checkOnly();
    EndpointIdentity identity = endpoint.identity();
    if (identity == null || listen == null || !given.problems().isEmpty()) {
      return null;
    }
    return new BrokerConfig(
        endpoint,
        new Broker.Settings(
            endpoint.relays(),
            endpoint.trust(),
            identity,
            listen,
            waitTimeout,
            endpoint.maxConnections()),
        checkOnly);
  }

  private static Duration waitTimeout(String text) throws BadValueException {
    Duration timeout = Durations.parseUpTo(text, MAX_WAIT_TIMEOUT);
    if (timeout.isZero()) {
      throw new BadValueException("too short: at least 1ms; it cannot be off");
    }
    return timeout;
  }

  @Override
  public List<String> warnings() {
    return endpoint.warnings();
  }

  @Override
  public String describe() {
    return endpoint.describe().add(BrokerOption.values(), Set.of(), this::value).end();
  }

  private String value(BrokerOption option) {
    return switch (option) {
      case LISTEN -> Addresses.format(settings.listen());
      case WAIT_TIMEOUT -> Durations.format(settings.waitTimeout());
    };
  }

  private Broker listen(EndpointObserver observer) throws IOException {
    try {
      return Broker.start(settings, observer);
    } catch (IOException e) {
      throw new IOException(
          "cannot listen at %s: %s; see --listen"
              .formatted(Addresses.format(settings.listen()), e.getMessage()),
          e);
    }
  }

  @Override
  public int start(Terminal terminal) {
    return new EndpointProcess("broker", endpoint.drainTimeout(), terminal)
        .run(
            describe(),
            observer -> {
              Broker broker = listen(observer);
              return new EndpointProcess.Running(
                  () ->
                      new KeyValueLine("ready")
                          .add("listen", Addresses.format(broker.address()))
                          .add("relay", HostPorts.join(settings.relays())),
                  broker::openConnections,
                  broker::drain);
            });
  }
}
