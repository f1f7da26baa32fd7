package org.beaconrelay.server;

import java.time.Duration;

/// When TCP probes a silent link (tcp(7): TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT).
///
/// @param idle silence before the first probe, whole seconds, 1 s to 32,767 s
/// @param interval time between probes, whole seconds, 1 s to 32,767 s
/// @param count unanswered probes after which the link is dead, 1 to 127
public record Keepalive(Duration idle, Duration interval, int count) {
  private static final int MAX_SECONDS = 32_767;
  private static final int MAX_COUNT = 127;

  /// 30 s, 10 s, 3 probes.
  public static final Keepalive DEFAULT =
      new Keepalive(Duration.ofSeconds(30), Duration.ofSeconds(10), 3);

  /// @throws IllegalArgumentException if the kernel would not take the values
  public Keepalive {
    requireSeconds("idle", idle);
    requireSeconds("interval", interval);
    if (count < 1 || count > MAX_COUNT) {
      throw new IllegalArgumentException("count is 1 to " + MAX_COUNT + " probes, not " + count);
    }
  }

  private static void requireSeconds(String name, Duration value) {
    if (!value.equals(Duration.ofSeconds(value.toSeconds()))
        || value.toSeconds() < 1
        || value.toSeconds() > MAX_SECONDS) {
      throw new IllegalArgumentException(
          name + " is a whole number of seconds, 1s to " + MAX_SECONDS + "s");
    }
  }
}
