package org.beaconrelay.server;

import static org.beaconrelay.server.RelaySettings.require;

/// How many of what there may be. Each that is an `int` is at least 1; [#OFF] is no limit.
///
/// An address is that of an IPv4 host, or an IPv6 network of 64 bits.
///
/// @param maxLinks links that may be open at once, at least 2
/// @param maxLinksPerAddress links of one source address that may be open at once
/// @param maxPending links that have yet to announce
/// @param maxPendingPerAddress links of one source address that have yet to announce
/// @param maxWaitingPerHash waiting links for one info_hash and role
/// @param announceRatePerAddress links a second of one source address, after as many at once
/// @param bytesPerSecondPerPair what a pair may move each way; 0 = as much as it can
/// @param bytesPerSecond what all pairs may move together each way; 0 likewise
public record LimitSettings(
    int maxLinks,
    int maxLinksPerAddress,
    int maxPending,
    int maxPendingPerAddress,
    int maxWaitingPerHash,
    int announceRatePerAddress,
    long bytesPerSecondPerPair,
    long bytesPerSecond) {

  public static final int OFF = Integer.MAX_VALUE;
  public static final int DEFAULT_MAX_LINKS_PER_ADDRESS = 4096;
  public static final int DEFAULT_MAX_PENDING = 1024;
  public static final int DEFAULT_MAX_PENDING_PER_ADDRESS = 128;
  public static final int DEFAULT_MAX_WAITING_PER_HASH = 256;
  public static final int DEFAULT_ANNOUNCE_RATE_PER_ADDRESS = 200;

  /// @throws IllegalArgumentException naming the first value that is out of range
  public LimitSettings {
    require(maxLinks >= 2, "maxLinks is at least 2");
    require(maxLinksPerAddress >= 1, "maxLinksPerAddress is at least 1");
    require(maxPending >= 1, "maxPending is at least 1");
    require(maxPendingPerAddress >= 1, "maxPendingPerAddress is at least 1");
    require(maxWaitingPerHash >= 1, "maxWaitingPerHash is at least 1");
    require(announceRatePerAddress >= 1, "announceRatePerAddress is at least 1");
    require(bytesPerSecondPerPair >= 0, "bytesPerSecondPerPair is not negative");
    require(bytesPerSecond >= 0, "bytesPerSecond is not negative");
  }

  /// The usual ones, for so many links.
  public static LimitSettings of(int maxLinks) {
    return new LimitSettings(
        maxLinks,
        DEFAULT_MAX_LINKS_PER_ADDRESS,
        DEFAULT_MAX_PENDING,
        DEFAULT_MAX_PENDING_PER_ADDRESS,
        DEFAULT_MAX_WAITING_PER_HASH,
        DEFAULT_ANNOUNCE_RATE_PER_ADDRESS,
        0,
        0);
  }
}
