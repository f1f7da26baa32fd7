package org.beaconrelay.app.log;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.CloseReason;
import org.jspecify.annotations.Nullable;

/// A line of a connection log as it is read again: what can be counted, and nothing of who it was.
///
/// @param role null if it never came to wait
/// @param paired whether it was told PAIRED
/// @param bytesFrom of it, delivered to its counterpart
/// @param bytesTo of its counterpart's, delivered to it
public record LoggedLink(
    Instant closed,
    @Nullable Role role,
    boolean paired,
    long bytesFrom,
    long bytesTo,
    CloseReason reason) {
  private static final Pattern LINE = Pattern.compile(pattern());
  private static final Map<String, CloseReason> REASONS = new HashMap<>();

  static {
    for (CloseReason reason : CloseReason.values()) {
      REASONS.put(reason.name().toLowerCase(Locale.ROOT), reason);
    }
  }

  private static String pattern() {
    StringBuilder pattern = new StringBuilder();
    char before = '{';
    for (LinkField field : LinkField.values()) {
      pattern.append(before == '{' ? "\\{" : ",").append('"').append(field.key()).append("\":");
      pattern.append(pattern(field));
      before = ',';
    }
    return pattern.append("\\}").toString();
  }

  private static String pattern(LinkField field) {
    return switch (field.type()) {
      case BYTES -> "(?<%s>[0-9]{1,18})".formatted(name(field));
      case HEX, WORD, TIME -> "(?:null|\"(?<%s>[0-9a-zA-Z_:.-]+)\")".formatted(name(field));
      case HASH, ADDRESS -> "(?:null|\"[^\"\\\\]+\")";
    };
  }

  /// As a group of a pattern may be called.
  private static String name(LinkField field) {
    return field.key().replace("_", "");
  }

  /// Understands a line.
  ///
  /// @return null if it is no record
  static @Nullable LoggedLink parse(CharSequence line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return null;
    }
    CloseReason reason = REASONS.get(text(matcher, LinkField.CLOSE_REASON));
    boolean paired = !text(matcher, LinkField.PAIR_ID).isEmpty();
    Role role = role(text(matcher, LinkField.ROLE));
    if (reason == null || (paired && role == null)) {
      return null;
    }
    try {
      return new LoggedLink(
          Instant.parse(text(matcher, LinkField.CLOSED)),
          role,
          paired,
          Long.parseLong(text(matcher, LinkField.BYTES_FROM)),
          Long.parseLong(text(matcher, LinkField.BYTES_TO)),
          reason);
    } catch (DateTimeParseException _) {
      return null;
    }
  }

  private static String text(Matcher matcher, LinkField field) {
    String text = matcher.group(name(field));
    return text == null ? "" : text;
  }

  private static @Nullable Role role(String text) {
    return switch (text) {
      case "bridge" -> Role.BRIDGE;
      case "broker" -> Role.BROKER;
      default -> null;
    };
  }
}
