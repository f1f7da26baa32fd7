package org.beaconrelay.server;

import org.beaconrelay.protocol.RejectReason;

/// Why a link ended. Every link ends with exactly one: links opened = links open + links closed,
/// summed over the reasons.
public enum CloseReason {
  /// Both ends of the pair had sent their FIN, and every byte before them was delivered.
  COMPLETED,
  /// The endpoint closed the link without a word.
  UNANNOUNCED,
  /// A proxy that has to say where its links are from did not, or not as it should.
  BAD_PROXY_HEADER,
  /// The endpoint closed or reset the link while it waited, or before it had proved its announce.
  WITHDRAWN,
  /// The outer TLS did not come about, or was broken: by a bad record, an alert, or, where it stays
  /// on, a FIN without close_notify.
  TLS_FAILED,
  /// The endpoint did not take its outer TLS off once it was paired.
  SWITCH_FAILED,
  /// The endpoint reset the link while it was paired.
  RESET,
  /// The endpoint did not answer any more, or took nothing of what was there for it: keepalive or
  /// user timeout.
  SILENT,
  /// The kernel reported another error on the paired link.
  FAILED,
  /// The counterpart's link was reset, silent or failed.
  COUNTERPART_LOST,
  /// No byte went either way for the idle timeout.
  IDLE_TIMEOUT,
  /// No byte came after the counterpart's FIN for the half-close timeout.
  HALF_CLOSE_TIMEOUT,
  /// The pair was still open when the relay had to stop.
  STOPPED,
  /// Something happened that cannot happen.
  BUG,
  MALFORMED,
  UNSUPPORTED_VERSION,
  BAD_ROLE,
  BAD_FLAGS,
  HASH_LIMIT,
  ADDRESS_LIMIT,
  RATE_LIMITED,
  RELAY_FULL,
  WAIT_TIMEOUT,
  DRAINING,
  PROOF_REQUIRED,
  PROOF_INVALID,
  NOT_ALLOWED,
  TUNNEL_UNSUPPORTED,
  HANDSHAKE_TIMEOUT;

  /// The reason of a link that was told REJECTED: they have the same names.
  public static CloseReason of(RejectReason reason) {
    return valueOf(reason.name());
  }
}
