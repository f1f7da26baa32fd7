package org.beaconrelay.server;

import org.jspecify.annotations.Nullable;

/// Where a link is in its life (PROTOCOL.md, section 2).
///
/// | | ANNOUNCED | CHALLENGED | ANSWERED | PARKED | MATCHED | SWITCHED | REJECTED | ENDED |
/// |---|---|---|---|---|---|---|---|---|
/// | ANNOUNCING | ROUTING | PROVING | - | - | - | - | REFUSING | CLOSED |
/// | PROVING | - | - | VERIFYING | - | - | - | REFUSING | CLOSED |
/// | VERIFYING | ROUTING | - | - | - | - | - | REFUSING | CLOSED |
/// | ROUTING | - | - | - | WAITING | SWITCHING | - | REFUSING | CLOSED |
/// | WAITING | - | - | - | - | SWITCHING | - | REFUSING | CLOSED |
/// | SWITCHING | - | - | - | - | - | PAIRED | - | CLOSED |
/// | PAIRED | - | - | - | - | - | - | - | CLOSED |
/// | REFUSING | - | - | - | - | - | - | - | CLOSED |
/// | CLOSED | - | - | - | - | - | - | - | - |
///
/// `-` cannot happen.
enum LinkState {
  /// Its announce is awaited, and the handshake of its outer TLS before that.
  ANNOUNCING,
  /// It was told CHALLENGE; its proof is awaited. Only where the relay demands one.
  PROVING,
  /// Its proof is being verified elsewhere, and nobody listens to it meanwhile.
  VERIFYING,
  /// Its announce is on its way to the shard that its info_hash belongs to.
  ROUTING,
  /// A counterpart is awaited.
  WAITING,
  /// It was told PAIRED; the end of its outer TLS is awaited. A plain link does not stay here, nor
  /// one that keeps its TLS on.
  SWITCHING,
  /// A splice moves its bytes, until both directions are over.
  PAIRED,
  /// It was told REJECTED; its end is awaited, for a second.
  REFUSING,
  /// Its descriptor is gone.
  CLOSED;

  /// What moves a link on.
  enum Event {
    /// The whole announce is there, and has been proved if it had to be.
    ANNOUNCED,
    /// The whole announce is there, and has to be proved.
    CHALLENGED,
    /// The whole proof is there.
    ANSWERED,
    /// No counterpart is.
    PARKED,
    /// A counterpart is.
    MATCHED,
    /// What it sends from now on is its counterpart's, and the other way round.
    SWITCHED,
    /// It was turned away: by its announce, its proof, a limit, a deadline or because the relay
    /// drains.
    REJECTED,
    /// It ended, whoever ended it.
    ENDED
  }

  /// The state that follows, or null where the event cannot happen.
  @Nullable LinkState after(Event event) {
    return switch (event) {
      case ANNOUNCED -> this == ANNOUNCING || this == VERIFYING ? ROUTING : null;
      case CHALLENGED -> this == ANNOUNCING ? PROVING : null;
      case ANSWERED -> this == PROVING ? VERIFYING : null;
      case PARKED -> this == ROUTING ? WAITING : null;
      case MATCHED -> this == ROUTING || this == WAITING ? SWITCHING : null;
      case SWITCHED -> this == SWITCHING ? PAIRED : null;
      case REJECTED ->
          switch (this) {
            case ANNOUNCING, PROVING, VERIFYING, ROUTING, WAITING -> REFUSING;
            case SWITCHING, PAIRED, REFUSING, CLOSED -> null;
          };
      case ENDED -> this == CLOSED ? null : CLOSED;
    };
  }
}
