package org.beaconrelay.app;

import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.beaconrelay.app.log.LogSettings;
import org.beaconrelay.server.Addresses;
import org.beaconrelay.server.LimitSettings;
import org.beaconrelay.server.RelaySettings;
import org.jspecify.annotations.Nullable;

/// A configuration in which everything is right.
///
/// @param tls the outer TLS that the settings have
/// @param hashes the info_hashes that the settings have, or null
/// @param admin where the admin port is; empty if there shall be none
/// @param log what is logged of links
/// @param given what was given for it; the rest are defaults
/// @param transportReason why it is this transport and no other
/// @param warnings what its operator should know
/// @param host what it was made for
/// @param checkOnly whether nothing shall be started
record RelayConfig(
    RelaySettings settings,
    RelayTls tls,
    @Nullable HashList hashes,
    Optional<InetSocketAddress> admin,
    LogSettings log,
    Map<Option, Setting> given,
    String transportReason,
    List<String> warnings,
    Host host,
    boolean checkOnly)
    implements Config {
  private static final Set<RelayOption> DERIVED =
      EnumSet.of(
          RelayOption.TRANSPORT,
          RelayOption.EVENT_LOOPS,
          RelayOption.PIPE_BUDGET,
          RelayOption.MAX_LINKS);

  @Override
  public String describe() {
    return new ConfigLine(given)
        .add(RelayOption.values(), DERIVED, this::value)
        .add(AdminOption.values(), Set.of(), option -> value(option))
        .add(LogOption.values(), Set.of(), option -> LogConfig.value(log, option))
        .end();
  }

  @Override
  public int start(Terminal terminal) {
    return new RelayProcess(this, terminal).run();
  }

  private String value(RelayOption option) {
    return switch (option) {
      case LISTEN -> join(settings.listen().addresses());
      case TLS -> tls.label();
      case TLS_CERT, TLS_KEY -> asGiven(option, "none");
      case TUNNEL -> onOff(settings.listen().tunnel());
      case REQUIRE_PROOF -> onOff(settings.listen().requireProof());
      case TRANSPORT -> settings.engine().transport().label();
      case DATA_PATH -> settings.engine().dataPath().name().toLowerCase(Locale.ROOT);
      case EVENT_LOOPS -> String.valueOf(settings.engine().eventLoops());
      case PIPE_SIZE -> Sizes.format(settings.engine().pipeSizeBytes());
      case PIPE_BUDGET -> Sizes.format(settings.engine().pipeBudgetBytes());
      case HANDSHAKE_TIMEOUT -> Durations.format(settings.timeouts().handshake());
      case MAX_WAIT -> Durations.format(settings.timeouts().maxWait());
      case IDLE_TIMEOUT -> Durations.format(settings.timeouts().idle());
      case HALF_CLOSE_TIMEOUT -> Durations.format(settings.timeouts().halfClose());
      case KEEPALIVE -> Keepalives.format(settings.timeouts().keepalive());
      case USER_TIMEOUT -> Durations.format(settings.timeouts().user());
      case MAX_LINKS -> String.valueOf(settings.limits().maxLinks());
      case MAX_LINKS_PER_ADDRESS -> limit(settings.limits().maxLinksPerAddress());
      case MAX_PENDING -> limit(settings.limits().maxPending());
      case MAX_PENDING_PER_ADDRESS -> limit(settings.limits().maxPendingPerAddress());
      case MAX_WAITING_PER_HASH -> limit(settings.limits().maxWaitingPerHash());
      case ANNOUNCE_RATE_PER_ADDRESS -> {
        int rate = settings.limits().announceRatePerAddress();
        yield rate == LimitSettings.OFF ? "off" : Rates.format(rate);
      }
      case BYTE_RATE_PER_PAIR -> byteRate(settings.limits().bytesPerSecondPerPair());
      case BYTE_RATE -> byteRate(settings.limits().bytesPerSecond());
      case ALLOW_HASH_FILE, ALLOW_FROM, DENY_FROM, PROXY_PROTOCOL_FROM -> asGiven(option, "off");
      case DRAIN_TIMEOUT -> Durations.format(settings.timeouts().drain());
    };
  }

  private String asGiven(RelayOption option, String fallback) {
    Setting setting = given.get(option);
    return setting == null ? fallback : setting.value();
  }

  private static String limit(int count) {
    return count == LimitSettings.OFF ? "off" : String.valueOf(count);
  }

  private static String byteRate(long bytesPerSecond) {
    return bytesPerSecond == 0 ? "off" : Sizes.format(bytesPerSecond);
  }

  private String value(AdminOption option) {
    return switch (option) {
      case ADMIN -> AdminAddresses.label(admin);
    };
  }

  private static String onOff(boolean value) {
    return value ? "on" : "off";
  }

  /// Addresses with commas between.
  static String join(List<InetSocketAddress> addresses) {
    return addresses.stream().map(Addresses::format).collect(Collectors.joining(","));
  }
}
