package org.beaconrelay.perf.load;

/// How far a link is.
enum LinkStage {
  /// TCP is not there yet.
  CONNECTING,
  /// The handshake of the outer TLS is under way.
  SECURING,
  /// It can announce.
  OPEN,
  /// It awaits the relay's answer.
  ANNOUNCED,
  /// The relay has no counterpart for it yet.
  WAITING,
  /// It has a counterpart, and awaits the relay's close_notify.
  MATCHED,
  /// The next byte is the counterpart's.
  PAIRED
}
