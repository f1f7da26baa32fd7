package org.beaconrelay.app;

import org.beaconrelay.server.EngineSettings;
import org.beaconrelay.server.Keepalive;
import org.beaconrelay.server.LimitSettings;
import org.beaconrelay.server.TimeoutSettings;

/// The options of `beacon relay`: the only place where they stand. Flags, environment variables,
/// keys of the properties file, help, and the table of README.md all come from here.
enum RelayOption implements Option {
  LISTEN(
      OptionText.repeatable(
          OptionGroup.LINKS,
          "listen",
          "HOST:PORT",
          "`0.0.0.0:443`, and `[::]:443` where there is IPv6",
          "Where to accept links. Port 0 picks one, which the `ready` line tells.")),
  TLS(
      OptionText.of(
          OptionGroup.OUTER_TLS,
          "tls",
          "self-signed|off",
          "`self-signed`",
          "Whether links are TLS until they are paired: `self-signed` makes a certificate at each"
              + " start, whose SHA-256 the `ready` line tells; `off` is plain TCP, where"
              + " info_hashes can be read on the network.")),
  TLS_CERT(
      OptionText.of(
          OptionGroup.OUTER_TLS,
          "tls-cert",
          "FILE",
          "none",
          "Outer TLS with this certificate instead: PEM, the certificate itself first, then its"
              + " issuers. A file that changes is taken up without a restart.")),
  TLS_KEY(
      OptionText.of(
          OptionGroup.OUTER_TLS,
          "tls-key",
          "FILE",
          "none",
          "The private key of `--tls-cert`: PEM, not encrypted; EC, RSA or Ed25519.")),
  TUNNEL(
      OptionText.of(
          OptionGroup.OUTER_TLS,
          "tunnel",
          "on|off",
          "`off`",
          "Whether endpoints may keep the outer TLS on once they are paired; their bytes then pass"
              + " through the memory of this process, still encrypted end to end.")),
  REQUIRE_PROOF(
      OptionText.of(
          OptionGroup.OUTER_TLS,
          "require-proof",
          "[on|off]",
          "`off`",
          "Whether an endpoint must prove that it holds a certificate of the bridge CA whose"
              + " info_hash it announces.")),
  TRANSPORT(
      OptionText.of(
          OptionGroup.LINKS,
          "transport",
          "auto|epoll|io_uring",
          "`auto`",
          "How the kernel says what is ready; `auto` is `io_uring` where the kernel allows it, and"
              + " otherwise `epoll`.")),
  DATA_PATH(
      OptionText.of(
          OptionGroup.BYTES,
          "data-path",
          "splice|copy",
          "`splice`",
          "How bytes travel: `splice` keeps them in the kernel; `copy` takes them through the"
              + " memory of this process, for hosts that forbid splice.")),
  EVENT_LOOPS(
      OptionText.of(
          OptionGroup.BYTES,
          "event-loops",
          "N",
          "number of cores",
          "Threads that serve links, each with links of its own.")),
  PIPE_SIZE(
      OptionText.of(
          OptionGroup.BYTES,
          "pipe-size",
          "SIZE",
          OptionText.code(Sizes.format(EngineSettings.DEFAULT_PIPE_SIZE_BYTES)),
          "What a pipe may hold between two links; the kernel may grant less.")),
  PIPE_BUDGET(
      OptionText.of(
          OptionGroup.BYTES,
          "pipe-budget",
          "SIZE",
          "derived from memory and pipe limits",
          "What all pipes together may hold.")),
  HANDSHAKE_TIMEOUT(
      OptionText.of(
          OptionGroup.TIMES,
          "handshake-timeout",
          "TIME",
          OptionText.code(TimeoutSettings.DEFAULT.handshake()),
          "From accept to a whole ANNOUNCE.")),
  MAX_WAIT(
      OptionText.of(
          OptionGroup.TIMES, "max-wait", "TIME", "`off`", "Longest wait for a counterpart.")),
  IDLE_TIMEOUT(
      OptionText.of(
          OptionGroup.TIMES,
          "idle-timeout",
          "TIME",
          "`off`",
          "Longest time of a pair without a byte in either direction.")),
  HALF_CLOSE_TIMEOUT(
      OptionText.of(
          OptionGroup.TIMES,
          "half-close-timeout",
          "TIME",
          OptionText.code(TimeoutSettings.DEFAULT.halfClose()),
          "Longest time without a byte after the first FIN of a pair.")),
  KEEPALIVE(
      OptionText.of(
          OptionGroup.TIMES,
          "keepalive",
          "IDLE,INTERVAL,COUNT",
          OptionText.code(Keepalives.format(Keepalive.DEFAULT)),
          "TCP keepalive of every link: silence before the first probe, time between probes, number"
              + " of probes.")),
  USER_TIMEOUT(
      OptionText.of(
          OptionGroup.TIMES,
          "user-timeout",
          "TIME",
          OptionText.code(TimeoutSettings.DEFAULT.user()),
          "How long an endpoint may leave bytes or probes unacknowledged, or take nothing at all of"
              + " what is there for it (TCP_USER_TIMEOUT).")),
  MAX_LINKS(
      OptionText.of(
          OptionGroup.LIMITS,
          "max-links",
          "N",
          "derived from the descriptor limit and the heap",
          "Links open at once; one more is told RELAY_FULL.")),
  MAX_LINKS_PER_ADDRESS(
      OptionText.of(
          OptionGroup.LIMITS,
          "max-links-per-address",
          "N",
          OptionText.code(LimitSettings.DEFAULT_MAX_LINKS_PER_ADDRESS),
          "Links of one source address open at once, an IPv6 network of 64 bits being one address;"
              + " one more is told ADDRESS_LIMIT.")),
  MAX_PENDING(
      OptionText.of(
          OptionGroup.LIMITS,
          "max-pending",
          "N",
          OptionText.code(LimitSettings.DEFAULT_MAX_PENDING),
          "Links that have yet to announce; one more is told RELAY_FULL, or closed.")),
  MAX_PENDING_PER_ADDRESS(
      OptionText.of(
          OptionGroup.LIMITS,
          "max-pending-per-address",
          "N",
          OptionText.code(LimitSettings.DEFAULT_MAX_PENDING_PER_ADDRESS),
          "Links of one source address that have yet to announce; one more is told ADDRESS_LIMIT,"
              + " or closed.")),
  MAX_WAITING_PER_HASH(
      OptionText.of(
          OptionGroup.LIMITS,
          "max-waiting-per-hash",
          "N",
          OptionText.code(LimitSettings.DEFAULT_MAX_WAITING_PER_HASH),
          "Waiting links of one info_hash and role; one more takes the place of the oldest.")),
  ANNOUNCE_RATE_PER_ADDRESS(
      OptionText.of(
          OptionGroup.LIMITS,
          "announce-rate-per-address",
          "N/s",
          OptionText.code(Rates.format(LimitSettings.DEFAULT_ANNOUNCE_RATE_PER_ADDRESS)),
          "Links of one source address a second, after as many at once; one more is told"
              + " RATE_LIMITED, or closed.")),
  BYTE_RATE_PER_PAIR(
      OptionText.of(
          OptionGroup.LIMITS,
          "byte-rate-per-pair",
          "SIZE",
          "`off`",
          "Bytes that a pair may move a second, each way.")),
  BYTE_RATE(
      OptionText.of(
          OptionGroup.LIMITS,
          "byte-rate",
          "SIZE",
          "`off`",
          "Bytes that all pairs together may move a second, each way.")),
  ALLOW_HASH_FILE(
      OptionText.of(
          OptionGroup.ACCESS,
          "allow-hash-file",
          "FILE",
          "`off`",
          "What may be announced: one info_hash a line, `#` begins a comment. Others are told"
              + " NOT_ALLOWED. A file that changes is taken up without a restart.")),
  ALLOW_FROM(
      OptionText.repeatable(
          OptionGroup.ACCESS,
          "allow-from",
          "CIDR",
          "`off`",
          "Networks that links may come from, such as `10.0.0.0/8`. Others are told NOT_ALLOWED.")),
  DENY_FROM(
      OptionText.repeatable(
          OptionGroup.ACCESS,
          "deny-from",
          "CIDR",
          "`off`",
          "Networks that links may not come from, be they allowed or not; they are told"
              + " NOT_ALLOWED.")),
  PROXY_PROTOCOL_FROM(
      OptionText.repeatable(
          OptionGroup.ACCESS,
          "proxy-protocol-from",
          "CIDR",
          "`off`",
          "Networks of proxies in front of the relay: a link from there has to begin with a PROXY"
              + " header (v1 or v2), and is from where that says.")),
  DRAIN_TIMEOUT(
      OptionText.of(
          OptionGroup.TIMES,
          "drain-timeout",
          "TIME",
          OptionText.code(TimeoutSettings.DEFAULT.drain()),
          "On SIGTERM or SIGINT: how long pairs may go on before they are reset."));

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final OptionText text;

  RelayOption(OptionText text) {
    this.text = text;
  }

  @Override
  public OptionText text() {
    return text;
  }
}
