package org.beaconrelay.server;

import static org.beaconrelay.server.RelaySettings.require;

import java.time.Duration;
import java.util.List;

/// How long what may take. [Duration#ZERO] switches a timeout off.
///
/// @param handshake from accept to whole announce, its proof included, and again from PAIRED to the
///   end of the outer TLS
/// @param maxWait longest wait for a counterpart
/// @param idle longest time without a byte in either direction of a pair
/// @param halfClose longest time without a byte after the first FIN of a pair
/// @param keepalive when TCP probes a silent link
/// @param user how long sent bytes may stay unacknowledged, or the window shut although probes are
///   answered: Linux counts that, too, since 5.11 (TCP_USER_TIMEOUT)
/// @param drain how long pairs may go on once the relay was told to stop
public record TimeoutSettings(
    Duration handshake,
    Duration maxWait,
    Duration idle,
    Duration halfClose,
    Keepalive keepalive,
    Duration user,
    Duration drain) {

  /// The usual ones.
  public static final TimeoutSettings DEFAULT =
      new TimeoutSettings(
          Duration.ofSeconds(10),
          Duration.ZERO,
          Duration.ZERO,
          Duration.ofMinutes(5),
          Keepalive.DEFAULT,
          Duration.ofSeconds(60),
          Duration.ofSeconds(30));

  /// @throws IllegalArgumentException if one is negative
  public TimeoutSettings {
    for (Duration timeout : List.of(handshake, maxWait, idle, halfClose, user, drain)) {
      require(!timeout.isNegative(), "a timeout is not negative");
    }
  }
}
