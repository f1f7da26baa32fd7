package org.beaconrelay.app;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.beaconrelay.endpoint.EndpointIdentity;
import org.beaconrelay.endpoint.HostPort;
import org.beaconrelay.endpoint.RelayTrust;
import org.beaconrelay.endpoint.pki.CertificateFile;
import org.beaconrelay.protocol.Role;
import org.jspecify.annotations.Nullable;

/// What a bridge and a broker are told alike.
///
/// @param given what was given for it; the rest are defaults
/// @param warnings what its operator should know
record EndpointConfig(
    List<HostPort> relays,
    RelayTrust trust,
    @Nullable EndpointIdentity identity,
    int maxConnections,
    Duration drainTimeout,
    Map<Option, Setting> given,
    List<String> warnings) {
  static final int DEFAULT_MAX_CONNECTIONS = 512;
  static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(30);

  private static final int MAX_CONNECTIONS = 100_000;

  /// Understands what was given.
  ///
  /// @return anything if there are problems; the identity is there if there are none
  static EndpointConfig parse(Given given, Role role) {
    List<String> warnings = new ArrayList<>();
    List<HostPort> relays = given.required(EndpointOption.RELAY, HostPorts::parseAll);
    RelayTrust trust = trust(given);
    EndpointIdentity identity = identity(given, role, warnings);
    return new EndpointConfig(
        relays == null ? List.of() : relays,
        trust,
        identity,
        given.value(
            EndpointOption.MAX_CONNECTIONS,
            text -> Numbers.parse(text, 1, MAX_CONNECTIONS),
            DEFAULT_MAX_CONNECTIONS),
        given.value(EndpointOption.DRAIN_TIMEOUT, Durations::parseOrOff, DEFAULT_DRAIN_TIMEOUT),
        given.settings(),
        warnings);
  }

  private static RelayTrust trust(Given given) {
    boolean tls = given.onOff(EndpointOption.RELAY_TLS, true);
    Set<String> pins = given.value(EndpointOption.RELAY_PIN, Pins::parse);
    List<X509Certificate> authorities =
        given.value(EndpointOption.RELAY_CA, text -> AuthoritiesFile.read(FilePaths.parse(text)));
    if (!tls) {
      String advice = "goes not with --relay-tls off: leave one of them out";
      given.refuse(EndpointOption.RELAY_PIN, advice);
      given.refuse(EndpointOption.RELAY_CA, advice);
      return new RelayTrust.Plain();
    }
    if (given.has(EndpointOption.RELAY_PIN)) {
      given.refuse(EndpointOption.RELAY_CA, "goes not with --relay-pin: leave one of them out");
      return new RelayTrust.Pins(pins == null ? Set.of() : pins);
    }
    return authorities == null
        ? new RelayTrust.SystemAuthorities()
        : new RelayTrust.Authorities(authorities);
  }

  private static @Nullable EndpointIdentity identity(
      Given given, Role role, List<String> warnings) {
    X509Certificate bridgeCa =
        given.required(
            EndpointOption.CA,
            text -> {
              Path file = FilePaths.parse(text);
              return CertificateFiles.adviceOf(() -> CertificateFile.read(file));
            });
    given.require(EndpointOption.CERT);
    given.require(EndpointOption.KEY);
    CertificateFiles.Content own =
        CertificateFiles.read(given, EndpointOption.CERT, EndpointOption.KEY, warnings);
    if (bridgeCa == null || own == null) {
      return null;
    }
    return given.value(
        EndpointOption.CERT,
        _ -> {
          EndpointIdentity identity =
              new EndpointIdentity(bridgeCa, own.certificate().chain(), own.certificate().key());
          String fault = identity.fault(role, Instant.now());
          if (fault != null) {
            throw new BadValueException(
                "%s; give one that the CA of --ca has issued for a %s"
                    .formatted(Quoted.plain(fault), role.name().toLowerCase(Locale.ROOT)));
          }
          return identity;
        });
  }

  /// Every value in effect, as far as it goes.
  ConfigLine describe() {
    return new ConfigLine(given).add(EndpointOption.values(), Set.of(), this::value);
  }

  private String value(EndpointOption option) {
    return switch (option) {
      case RELAY -> HostPorts.join(relays);
      case RELAY_PIN ->
          trust instanceof RelayTrust.Pins(Set<String> pins) ? String.join(",", pins) : "none";
      case RELAY_CA -> trust instanceof RelayTrust.SystemAuthorities ? "java" : text(option);
      case RELAY_TLS -> trust instanceof RelayTrust.Plain ? "off" : "on";
      case CA, CERT, KEY -> text(option);
      case MAX_CONNECTIONS -> String.valueOf(maxConnections);
      case DRAIN_TIMEOUT -> Durations.format(drainTimeout);
    };
  }

  private String text(EndpointOption option) {
    Setting setting = given.get(option);
    return setting == null ? "none" : setting.value();
  }
}
