package org.beaconrelay.perf.load;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.beaconrelay.protocol.Role;

/// What the relay's connection log says of a link that was paired (docs/connection-log.md).
///
/// @param bytesFrom bytes that came from it and were delivered to its counterpart
/// @param bytesTo bytes of its counterpart's that were delivered to it
record LoggedLink(long pairId, Role role, long bytesFrom, long bytesTo, String closeReason) {
  private static final Pattern LINE =
      Pattern.compile(
          "\\{\"pair_id\":\"([0-9a-f]{16})\",\"role\":\"(bridge|broker)\",.*"
              + "\"bytes_from\":(\\d+),\"bytes_to\":(\\d+),\"close_reason\":\"(\\w+)\"}");

  /// @return empty if it is about a link that never was paired, or is not whole yet
  static Optional<LoggedLink> parse(String line) {
    Matcher matcher = LINE.matcher(line);
    return matcher.matches() ? Optional.of(of(matcher)) : Optional.empty();
  }

  private static LoggedLink of(Matcher matcher) {
    return new LoggedLink(
        Long.parseUnsignedLong(matcher.group(1), 16),
        matcher.group(2).equals("bridge") ? Role.BRIDGE : Role.BROKER,
        Long.parseLong(matcher.group(3)),
        Long.parseLong(matcher.group(4)),
        matcher.group(5));
  }
}
