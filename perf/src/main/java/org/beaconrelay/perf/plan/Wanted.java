package org.beaconrelay.perf.plan;

/// A load: of all replicas together, or of one.
///
/// @param pairs open at once
/// @param waiting links that wait at once at each replica: a bridge waits at all of them
/// @param gbitPerSecond of all pairs, both directions together, besides the messages
/// @param messageBytes in a message
record Wanted(
    double pairs,
    double waiting,
    double pairingsPerSecond,
    double gbitPerSecond,
    double messagesPerSecond,
    int messageBytes) {
  private static final double BITS_PER_GBIT = 1e9;

  /// What each replica has of it.
  Wanted dividedBy(int replicas) {
    return new Wanted(
        pairs / replicas,
        waiting,
        pairingsPerSecond / replicas,
        gbitPerSecond / replicas,
        messagesPerSecond / replicas,
        messageBytes);
  }

  double of(Quantity quantity) {
    return switch (quantity) {
      case PAIRINGS -> pairingsPerSecond;
      case MESSAGES -> messagesPerSecond;
      case GBITS -> gbitPerSecond;
      case WAITING -> waiting;
      case PAIRS -> pairs;
    };
  }

  /// A pair has two, one to either end.
  double links() {
    return 2 * pairs + waiting;
  }

  /// What the network carries in, and out again.
  double networkGbitPerSecond() {
    return gbitPerSecond + messagesPerSecond * messageBytes * 8 / BITS_PER_GBIT;
  }
}
