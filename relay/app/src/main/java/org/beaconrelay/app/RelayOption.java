package org.beaconrelay.app;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.beaconrelay.server.Keepalive;
import org.beaconrelay.server.RelaySettings;
import org.jspecify.annotations.Nullable;

/// The options of `beacon relay`: the only place where they stand. Flags, environment variables,
/// keys of the properties file, help, and the table of README.md all come from here.
///
/// In the texts, backticks enclose what is to be typed.
enum RelayOption {
  LISTEN(
      Group.LINKS,
      "listen",
      "HOST:PORT",
      "`0.0.0.0:443`, and `[::]:443` where there is IPv6",
      "Where to accept links. Port 0 picks one, which the `ready` line tells. Repeatable."),
  TLS(
      Group.LINKS,
      "tls",
      "off",
      "must be given",
      "Outer TLS. This version has none yet, so `off` has to be said: links are plain TCP, where"
          + " info_hashes can be read on the network."),
  TRANSPORT(
      Group.LINKS,
      "transport",
      "auto|epoll",
      "`auto`",
      "How the kernel says what is ready; `auto` is `epoll`."),
  DATA_PATH(
      Group.BYTES,
      "data-path",
      "splice|copy",
      "`splice`",
      "How bytes travel: `splice` keeps them in the kernel; `copy` takes them through the memory of"
          + " this process, for hosts that forbid splice."),
  EVENT_LOOPS(
      Group.BYTES,
      "event-loops",
      "N",
      "number of cores",
      "Threads that serve links, each with links of its own."),
  PIPE_SIZE(
      Group.BYTES,
      "pipe-size",
      "SIZE",
      code(Sizes.format(RelaySettings.DEFAULT_PIPE_SIZE_BYTES)),
      "What a pipe may hold between two links; the kernel may grant less."),
  PIPE_BUDGET(
      Group.BYTES,
      "pipe-budget",
      "SIZE",
      "derived from memory and pipe limits",
      "What all pipes together may hold."),
  HANDSHAKE_TIMEOUT(
      Group.TIMES,
      "handshake-timeout",
      "TIME",
      code(RelaySettings.DEFAULT_HANDSHAKE_TIMEOUT),
      "From accept to a whole ANNOUNCE."),
  MAX_WAIT(Group.TIMES, "max-wait", "TIME", "`off`", "Longest wait for a counterpart."),
  IDLE_TIMEOUT(
      Group.TIMES,
      "idle-timeout",
      "TIME",
      "`off`",
      "Longest time of a pair without a byte in either direction."),
  HALF_CLOSE_TIMEOUT(
      Group.TIMES,
      "half-close-timeout",
      "TIME",
      code(RelaySettings.DEFAULT_HALF_CLOSE_TIMEOUT),
      "Longest time without a byte after the first FIN of a pair."),
  KEEPALIVE(
      Group.TIMES,
      "keepalive",
      "IDLE,INTERVAL,COUNT",
      "`" + Keepalives.format(Keepalive.DEFAULT) + "`",
      "TCP keepalive of every link: silence before the first probe, time between probes, number of"
          + " probes."),
  USER_TIMEOUT(
      Group.TIMES,
      "user-timeout",
      "TIME",
      code(RelaySettings.DEFAULT_USER_TIMEOUT),
      "How long an endpoint may leave bytes or probes unacknowledged (TCP_USER_TIMEOUT)."),
  MAX_LINKS(
      Group.LIMITS,
      "max-links",
      "N",
      "derived from the descriptor limit",
      "Links open at once; one more is told RELAY_FULL."),
  MAX_WAITING_PER_HASH(
      Group.LIMITS,
      "max-waiting-per-hash",
      "N",
      "`" + RelaySettings.DEFAULT_MAX_WAITING_PER_HASH + "`",
      "Waiting links of one info_hash and role; one more takes the place of the oldest."),
  DRAIN_TIMEOUT(
      Group.TIMES,
      "drain-timeout",
      "TIME",
      code(RelaySettings.DEFAULT_DRAIN_TIMEOUT),
      "On SIGTERM or SIGINT: how long pairs may go on before they are reset."),
  CONFIG(
      Group.CONFIGURATION,
      "config",
      "FILE",
      "none",
      "Properties file (UTF-8) with options as keys, such as `max-wait=5m`."),
  CHECK_CONFIG(
      Group.CONFIGURATION,
      "check-config",
      "",
      "`false`",
      "Only say what is wrong with the configuration, or what is in effect.");

  /// What options are about; the headings of the help.
  enum Group {
    LINKS("Links"),
    BYTES("Bytes"),
    TIMES("Times (`0` or `off` switches a limit off)"),
    LIMITS("Limits"),
    CONFIGURATION("Configuration");

    private final String heading;

    Group(String heading) {
      this.heading = heading;
    }

    String heading() {
      return heading;
    }
  }

  private final Group group;
  private final String key;
  private final String valueLabel;
  private final String defaultText;
  private final String meaning;

  RelayOption(Group group, String key, String valueLabel, String defaultText, String meaning) {
    this.group = group;
    this.key = key;
    this.valueLabel = valueLabel;
    this.defaultText = defaultText;
    this.meaning = meaning;
  }

  private static String code(Duration duration) {
    return code(Durations.format(duration));
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  Group group() {
    return group;
  }

  /// Its name in the properties file: `max-wait`.
  String key() {
    return key;
  }

  /// Its name on the command line: `--max-wait`.
  String flag() {
    return "--" + key;
  }

  /// Its name in the environment: `BEACON_MAX_WAIT`.
  String variable() {
    return "BEACON_" + key.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /// What its value is called in the help; empty for a switch.
  String valueLabel() {
    return valueLabel;
  }

  /// What holds where nothing is given.
  String defaultText() {
    return defaultText;
  }

  String meaning() {
    return meaning;
  }

  static @Nullable RelayOption ofKey(String key) {
    return Arrays.stream(values()).filter(o -> o.key.equals(key)).findAny().orElse(null);
  }

  static @Nullable RelayOption ofVariable(String variable) {
    return Arrays.stream(values())
        .filter(o -> o.variable().equals(variable))
        .findAny()
        .orElse(null);
  }
}
