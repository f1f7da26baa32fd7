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

  private final RandomGenerator random;
  private Duration next = FIRST;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /// An attempt has succeeded.
  void reset() {
    next = FIRST;
  }

  /// An attempt has failed.
  ///
  /// @return how long to wait: half of it to all of it is left to chance
  Duration afterFailure() {
    Duration wait = jittered(next);
    next = next.multipliedBy(2);
    next = next.compareTo(LONGEST) > 0 ? LONGEST : next;
    return wait;
  }

  /// The relay has rejected an announce.
  ///
  /// @return not less than the relay asked for, and up to half as much more
  Duration afterRejection(RejectedException rejected) {
    Duration asked =
        rejected.retryAfterS() == 0 ? HOPELESS : Duration.ofSeconds(rejected.retryAfterS());
    return asked.plusMillis(random.nextLong(asked.toMillis() / 2 + 1));
  }

  private Duration jittered(Duration full) {
    long halfMs = full.toMillis() / 2;
    return Duration.ofMillis(halfMs + random.nextLong(halfMs + 1));
  }
}
