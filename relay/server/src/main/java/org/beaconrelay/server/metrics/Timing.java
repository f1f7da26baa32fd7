package org.beaconrelay.server.metrics;

/// What a shard takes the time of. None of it happens while bytes are moved.
public enum Timing {
  /// From accept to the whole ANNOUNCE, outer TLS and proof included.
  HANDSHAKE(Bounds.SHORT),
  /// From WAITING to PAIRED, of links that were paired.
  WAIT(Bounds.LONG),
  /// From the whole ANNOUNCE of the link that came second until both were told PAIRED.
  PAIRING(Bounds.SHORT),
  /// How late an event loop does what it was given to do at once.
  LOOP_DELAY(Bounds.SHORT);

  private static final class Bounds {
    private static final long US = 1_000;
    private static final long MS = 1_000 * US;
    private static final long S = 1_000 * MS;

    static final long[] SHORT = {
      100 * US, 250 * US, 500 * US, MS, 2500 * US, 5 * MS, 10 * MS, 25 * MS, 50 * MS, 100 * MS,
      250 * MS, 500 * MS, S, 2500 * MS, 5 * S, 10 * S
    };

    static final long[] LONG = {
      MS, 10 * MS, 100 * MS, S, 10 * S, 60 * S, 300 * S, 1800 * S, 7200 * S, 86_400 * S
    };
  }

  @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
  private final long[] boundsNs;

  Timing(long[] boundsNs) {
    this.boundsNs = boundsNs;
  }

  Histogram newHistogram() {
    return new Histogram(boundsNs);
  }
}
