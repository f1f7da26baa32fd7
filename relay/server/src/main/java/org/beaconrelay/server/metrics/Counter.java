package org.beaconrelay.server.metrics;

/// What a shard counts, apart from the reasons for which links end.
public enum Counter {
  /// Links accepted.
  LINKS_OPENED,
  /// Pairs made.
  PAIRS_OPENED,
  /// Pairs ended.
  PAIRS_CLOSED,
  /// Bytes delivered to brokers.
  BYTES_TO_BROKER,
  /// Bytes delivered to bridges.
  BYTES_TO_BRIDGE,
  /// Bytes that went through this process's memory; stays 0 on the splice path.
  BYTES_COPIED,
  /// Times that a flow had to wait because no pipe was left.
  PIPE_WAITS,
  /// Times that a flow had to wait because of `--byte-rate` or `--byte-rate-per-pair`.
  RATE_WAITS,
  /// Links turned away by `--max-links`.
  REFUSED_MAX_LINKS,
  /// Links turned away by `--max-pending`.
  REFUSED_MAX_PENDING,
  /// Links turned away by `--max-pending-per-address`.
  REFUSED_MAX_PENDING_PER_ADDRESS,
  /// Links turned away by `--max-links-per-address`.
  REFUSED_MAX_LINKS_PER_ADDRESS,
  /// Links turned away by `--announce-rate-per-address`.
  REFUSED_ANNOUNCE_RATE_PER_ADDRESS,
  /// Waiting links that had to go by `--max-waiting-per-hash`.
  REFUSED_MAX_WAITING_PER_HASH,
  /// Links turned away because of `--allow-hash-file`.
  REFUSED_ALLOW_HASH_FILE,
  /// Links turned away because of `--allow-from`.
  REFUSED_ALLOW_FROM,
  /// Links turned away because of `--deny-from`.
  REFUSED_DENY_FROM,
  /// Links from proxies of `--proxy-protocol-from` that did not begin with a PROXY header.
  REFUSED_PROXY_PROTOCOL_FROM,
  /// Of the links turned away, those that were closed without a word: inside outer TLS a word takes
  /// a handshake.
  CLOSED_UNTOLD,
  /// Times that accepting was put off for want of descriptors.
  ACCEPT_PAUSES,
  /// Times that something happened which cannot happen; each ended one link.
  BUGS
}
