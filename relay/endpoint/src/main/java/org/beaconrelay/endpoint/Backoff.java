package org.beaconrelay.endpoint;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: twice as long each time up to a limit, and never
/// exactly, so that the endpoints of a relay that was down do not come back all at once.
///
/// **Thread:** confined to one at a time.
final class Backoff {
  static final Duration FIRST = Duration.ofMillis(100);

  /// So that a relay that is up again is found within a second or so.
  static final Duration LONGEST = Duration.ofSeconds(1);

  /// Where the same announce would be rejected again, until somebody changes something.
  static final Duration HOPELESS = Duration.ofMinutes(1);

  /// No relay may send an endpoint away for longer.
  static final Duration LONGEST_ASKED = Duration.ofMinutes(5);

  private final RandomGenerator random;
  private Duration next = FIRST;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /// An attempt has failed.
  ///
  /// @param lasted how long it took: what held for a while is no repeated failure
  /// @return how long to wait: half of it is left to chance
  Duration afterFailure(Duration lasted) {
    if (lasted.compareTo(LONGEST) > 0) {
      next = FIRST;
    }
    long halfMs = next.toMillis() / 2;
    next = min(next.multipliedBy(2), LONGEST);
    return Duration.ofMillis(halfMs + random.nextLong(halfMs + 1));
  }

  /// An attempt was what was hoped for: the next failure is a first one.
  void afterSuccess() {
    next = FIRST;
  }

  /// The relay has rejected an announce.
  ///
  /// @return what the relay asked for, within reason, and up to half as much more
  Duration afterRejection(RejectedException rejected) {
    Duration asked =
        rejected.retryAfterS() == 0
            ? HOPELESS
            : min(Duration.ofSeconds(rejected.retryAfterS()), LONGEST_ASKED);
    return asked.plusMillis(random.nextLong(asked.toMillis() / 2 + 1));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
