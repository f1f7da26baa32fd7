package org.beaconrelay.server;

import org.jspecify.annotations.Nullable;

/// Where a link is in its life (PROTOCOL.md, section 2).
///
/// | | ANNOUNCED | PARKED | MATCHED | REJECTED | ENDED |
/// |---|---|---|---|---|---|
/// | ANNOUNCING | ROUTING | - | - | REFUSING | CLOSED |
/// | ROUTING | - | WAITING | PAIRED | REFUSING | CLOSED |
/// | WAITING | - | - | PAIRED | REFUSING | CLOSED |
/// | PAIRED | - | - | - | - | CLOSED |
/// | REFUSING | - | - | - | - | CLOSED |
/// | CLOSED | - | - | - | - | - |
///
/// `-` cannot happen.
enum LinkState {
  /// Its announce is awaited.
  ANNOUNCING,
  /// Its announce is on its way to the shard that its info_hash belongs to.
  ROUTING,
  /// A counterpart is awaited.
  WAITING,
  /// A splice moves its bytes, until both directions are over.
  PAIRED,
  /// It was told REJECTED; its end is awaited, for a second.
  REFUSING,
  /// Its descriptor is gone.
  CLOSED;

  /// What moves a link on.
  enum Event {
    /// The whole announce is there.
    ANNOUNCED,
    /// No counterpart is.
    PARKED,
    /// A counterpart is.
    MATCHED,
    /// It was turned away: by its announce, a limit, a deadline or because the relay drains.
    REJECTED,
    /// It ended, whoever ended it.
    ENDED
  }

  /// The state that follows, or null where the event cannot happen.
  @Nullable LinkState after(Event event) {
    return switch (this) {
      case ANNOUNCING ->
          switch (event) {
            case ANNOUNCED -> ROUTING;
            case REJECTED -> REFUSING;
            case ENDED -> CLOSED;
            case PARKED, MATCHED -> null;
          };
      case ROUTING ->
          switch (event) {
            case PARKED -> WAITING;
            case MATCHED -> PAIRED;
            case REJECTED -> REFUSING;
            case ENDED -> CLOSED;
            case ANNOUNCED -> null;
          };
      case WAITING ->
          switch (event) {
            case MATCHED -> PAIRED;
            case REJECTED -> REFUSING;
            case ENDED -> CLOSED;
            case ANNOUNCED, PARKED -> null;
          };
      case PAIRED, REFUSING -> event == Event.ENDED ? CLOSED : null;
      case CLOSED -> null;
    };
  }
}
