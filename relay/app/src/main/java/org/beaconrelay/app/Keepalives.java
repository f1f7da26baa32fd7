package org.beaconrelay.app;

import org.beaconrelay.server.Keepalive;

/// Keepalive as people write it: `IDLE,INTERVAL,COUNT`, for instance `30s,10s,3`.
final class Keepalives {
  private Keepalives() {}

  static Keepalive parse(String text) throws BadValueException {
    String[] parts = text.split(",", -1);
    if (parts.length != 3) {
      throw new BadValueException(
          "write IDLE,INTERVAL,COUNT, as in 30s,10s,3 (it cannot be switched off: links that went"
              + " silent would stay for ever)");
    }
    try {
      return new Keepalive(
          Durations.parse(parts[0].strip()),
          Durations.parse(parts[1].strip()),
          Numbers.parse(parts[2].strip(), 1, 127));
    } catch (IllegalArgumentException e) {
      throw new BadValueException(String.valueOf(e.getMessage()));
    }
  }

  static String format(Keepalive keepalive) {
    return "%s,%s,%d"
        .formatted(
            Durations.format(keepalive.idle()),
            Durations.format(keepalive.interval()),
            keepalive.count());
  }
}
