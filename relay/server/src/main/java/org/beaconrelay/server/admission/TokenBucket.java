package org.beaconrelay.server.admission;

/// A token bucket of one second's worth, whose whole state is a time: when it will be full again
/// (the generic cell rate algorithm of ITU-T I.371). Nobody has to fill it.
///
/// **Thread:** immutable.
///
/// @param perSecond tokens a second, and tokens when full; [#OFF] = as many as anybody wants
record TokenBucket(int perSecond) {
  static final int OFF = Integer.MAX_VALUE;

  private static final long SECOND_NS = 1_000_000_000L;

  /// Whether there is a token.
  ///
  /// @param fullNs when it is full, by the clock of `nowNs`
  boolean has(long fullNs, long nowNs) {
    return perSecond == OFF || afterTaking(fullNs, nowNs) - nowNs <= SECOND_NS;
  }

  /// When it is full again, once a token has been taken.
  long afterTaking(long fullNs, long nowNs) {
    return perSecond == OFF ? nowNs : Math.max(fullNs - nowNs, 0) + nowNs + SECOND_NS / perSecond;
  }
}
