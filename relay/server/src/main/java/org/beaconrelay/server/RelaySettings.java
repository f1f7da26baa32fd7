package org.beaconrelay.server;

/// All that a relay has to know before it starts: plain values, validated, read once.
///
/// @param listen where links come in, and how
/// @param access who may come in at all
/// @param engine what moves their bytes
/// @param limits how many of what there may be
/// @param timeouts how long what may take
public record RelaySettings(
    ListenSettings listen,
    AccessSettings access,
    EngineSettings engine,
    LimitSettings limits,
    TimeoutSettings timeouts) {

  static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(rule);
    }
  }
}
