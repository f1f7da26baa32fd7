package org.beaconrelay.server.admission;

import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.server.metrics.Counter;

/// Which of the operator's limits and lists has turned a link away. What the endpoint is told is
/// coarser: it need not know how a relay is set up.
public enum Refusal {
  /// As many links are open as may be.
  MAX_LINKS(RejectReason.RELAY_FULL, Counter.REFUSED_MAX_LINKS),
  /// As many links have yet to announce as may.
  MAX_PENDING(RejectReason.RELAY_FULL, Counter.REFUSED_MAX_PENDING),
  /// The same for one source address.
  MAX_PENDING_PER_ADDRESS(RejectReason.ADDRESS_LIMIT, Counter.REFUSED_MAX_PENDING_PER_ADDRESS),
  /// As many links of one source address are open as may be.
  MAX_LINKS_PER_ADDRESS(RejectReason.ADDRESS_LIMIT, Counter.REFUSED_MAX_LINKS_PER_ADDRESS),
  /// One source address has opened links faster than it may.
  ANNOUNCE_RATE_PER_ADDRESS(RejectReason.RATE_LIMITED, Counter.REFUSED_ANNOUNCE_RATE_PER_ADDRESS),
  /// As many links of one info_hash and role wait as may: the oldest had to go.
  MAX_WAITING_PER_HASH(RejectReason.HASH_LIMIT, Counter.REFUSED_MAX_WAITING_PER_HASH),
  /// The info_hash is not on the operator's list.
  ALLOW_HASH_FILE(RejectReason.NOT_ALLOWED, Counter.REFUSED_ALLOW_HASH_FILE),
  /// The source address is not on the list of those that may come.
  ALLOW_FROM(RejectReason.NOT_ALLOWED, Counter.REFUSED_ALLOW_FROM),
  /// The source address is on the list of those that may not.
  DENY_FROM(RejectReason.NOT_ALLOWED, Counter.REFUSED_DENY_FROM),
  /// It has not begun with a PROXY header, and has to.
  PROXY_PROTOCOL_FROM(RejectReason.MALFORMED, Counter.REFUSED_PROXY_PROTOCOL_FROM);

  private final RejectReason reason;
  private final Counter counter;

  Refusal(RejectReason reason, Counter counter) {
    this.reason = reason;
    this.counter = counter;
  }

  /// What the endpoint is told.
  public RejectReason reason() {
    return reason;
  }

  /// Where it is counted.
  public Counter counter() {
    return counter;
  }
}
