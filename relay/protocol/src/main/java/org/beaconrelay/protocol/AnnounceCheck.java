package org.beaconrelay.protocol;

import org.jspecify.annotations.Nullable;

/// What the bytes of an announce that have come so far amount to.
///
/// Judged byte by byte in the order of the wire: the first byte that cannot be part of an ANNOUNCE
/// decides, and nobody waits for the bytes behind it (PROTOCOL.md, section 4).
public sealed interface AnnounceCheck {
  /// Nothing wrong so far, and not all there.
  record Incomplete() implements AnnounceCheck {}

  /// All 48 bytes are there and right.
  record Complete(Announce announce) implements AnnounceCheck {}

  /// No further byte could make an announce of these.
  record Refused(RejectReason reason) implements AnnounceCheck {}

  /// Judges the first `length` of `bytes`.
  ///
  /// @param bytes room for a whole announce, from its first byte on
  /// @param length bytes received so far, 0 to 48
  /// @param outerTls whether the link is inside outer TLS, without which TUNNEL has no meaning
  static AnnounceCheck of(byte[] bytes, int length, boolean outerTls) {
    for (int offset = 0; offset < length; offset++) {
      RejectReason reason = faultAt(offset, bytes[offset] & 0xFF, outerTls);
      if (reason != null) {
        return new Refused(reason);
      }
    }
    return length == Announce.LENGTH ? new Complete(Announce.read(bytes)) : new Incomplete();
  }

  private static @Nullable RejectReason faultAt(int offset, int value, boolean outerTls) {
    return switch (offset) {
      case 0, 1, 2 -> value == FrameLayout.magicByte(offset) ? null : RejectReason.MALFORMED;
      case 3 -> versionFault(value);
      case Announce.TYPE_OFFSET -> value == Announce.TYPE ? null : RejectReason.MALFORMED;
      case Announce.ROLE_OFFSET -> value == 1 || value == 2 ? null : RejectReason.BAD_ROLE;
      case Announce.FLAGS_OFFSET -> value == 0 ? null : RejectReason.BAD_FLAGS;
      case Announce.FLAGS_OFFSET + 1 -> flagsFault(value, outerTls);
      case Announce.RESERVED_OFFSET,
          Announce.RESERVED_OFFSET + 1,
          Announce.RESERVED_OFFSET + 2,
          Announce.RESERVED_OFFSET + 3 ->
          value == 0 ? null : RejectReason.MALFORMED;
      // info_hash and wait_ms: every value is a value.
      default -> null;
    };
  }

  private static @Nullable RejectReason versionFault(int digit) {
    if (digit == FrameLayout.magicByte(3)) {
      return null;
    }
    return digit >= '0' && digit <= '9' ? RejectReason.UNSUPPORTED_VERSION : RejectReason.MALFORMED;
  }

  private static @Nullable RejectReason flagsFault(int flags, boolean outerTls) {
    boolean unknown = (flags & ~(Announce.EXACT | Announce.TUNNEL | Announce.PROOF)) != 0;
    boolean tunnelInNothing = (flags & Announce.TUNNEL) != 0 && !outerTls;
    return unknown || tunnelInNothing ? RejectReason.BAD_FLAGS : null;
  }
}
