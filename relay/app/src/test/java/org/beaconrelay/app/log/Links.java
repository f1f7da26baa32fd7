package org.beaconrelay.app.log;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.CloseReason;
import org.beaconrelay.server.LinkRecord;

/// Links that have ended.
final class Links {
  static final InfoHash INFO_HASH = InfoHash.ofHex("5a17c0de".repeat(8));

  private Links() {}

  static InetSocketAddress address(String host, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(host), port);
  }

  /// One that was paired, and ended when it says.
  static LinkRecord closed(Instant closed) {
    return of("192.0.2.77", closed);
  }

  static LinkRecord of(String source, Instant closed) {
    long closedMs = closed.toEpochMilli();
    return new LinkRecord(
        Role.BROKER,
        INFO_HASH,
        address(source, 51_234),
        address("198.51.100.3", 443),
        closedMs - 5_000,
        closedMs - 4_877,
        closedMs,
        0x00ab_0000_0000_00ffL,
        1_048_576,
        3,
        CloseReason.COMPLETED);
  }

  /// One that never announced anything.
  static LinkRecord silent(Instant closed) {
    long closedMs = closed.toEpochMilli();
    return new LinkRecord(
        null,
        null,
        address("2001:db8:1:2::3", 40_000),
        address("2001:db8:9::1", 8443),
        closedMs - 1,
        0,
        closedMs,
        0,
        0,
        0,
        CloseReason.HANDSHAKE_TIMEOUT);
  }

  /// How links are written where nothing is left out.
  static LinkLines fullLines(ManualClock clock) {
    return new LinkLines(new LinkText(Privacy.FULL, Privacy.FULL, new Pseudonyms(clock)));
  }
}
