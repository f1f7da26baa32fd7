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
  /// Times that accepting was put off for want of descriptors.
  ACCEPT_PAUSES,
  /// Times that something happened which cannot happen; each ended one link.
  BUGS
}
