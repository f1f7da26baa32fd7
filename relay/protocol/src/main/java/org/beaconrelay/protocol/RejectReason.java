package org.beaconrelay.protocol;

import org.jspecify.annotations.Nullable;

/// Why the relay turned a link away: the code of a REJECTED frame (PROTOCOL.md, section 4).
public enum RejectReason {
  /// Wrong magic, wrong type, a reserved bit set, or a stream that ends before a whole ANNOUNCE.
  MALFORMED(1, 0),
  /// Magic "BCN" with another digit than 1.
  UNSUPPORTED_VERSION(2, 0),
  /// Neither bridge nor broker.
  BAD_ROLE(3, 0),
  /// An unknown flag, or TUNNEL without outer TLS.
  BAD_FLAGS(4, 0),
  /// Displaced by a newer waiting link of the same info_hash and role.
  HASH_LIMIT(5, 1),
  /// Too many links from this source address.
  ADDRESS_LIMIT(6, 5),
  /// Too many announces or bytes from this source address.
  RATE_LIMITED(7, 1),
  /// The relay holds as many links as it can.
  RELAY_FULL(8, 5),
  /// No counterpart came within the time that the endpoint or the relay allows.
  WAIT_TIMEOUT(9, 1),
  /// The relay is about to stop.
  DRAINING(10, 1),
  /// The relay demands a proof of possession, and the endpoint offered none.
  PROOF_REQUIRED(11, 0),
  /// The proof of possession does not hold.
  PROOF_INVALID(12, 0),
  /// The info_hash or the source address is not on the operator's list.
  NOT_ALLOWED(13, 0),
  /// This relay does not keep the outer TLS on.
  TUNNEL_UNSUPPORTED(14, 0),
  /// No whole ANNOUNCE came in time.
  HANDSHAKE_TIMEOUT(15, 1);

  private final int code;
  private final int retryAfterS;

  RejectReason(int code, int retryAfterS) {
    this.code = code;
    this.retryAfterS = retryAfterS;
  }

  /// The byte on the wire, 1 to 15.
  public int code() {
    return code;
  }

  /// Seconds after which a retry makes sense; 0 means that the same announce would be rejected
  /// again.
  public int retryAfterS() {
    return retryAfterS;
  }

  /// The reason with this code, or null where this version knows none.
  public static @Nullable RejectReason ofCode(int code) {
    for (RejectReason reason : values()) {
      if (reason.code == code) {
        return reason;
      }
    }
    return null;
  }
}
