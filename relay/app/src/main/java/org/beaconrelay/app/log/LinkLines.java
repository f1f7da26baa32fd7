package org.beaconrelay.app.log;

import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.beaconrelay.server.LinkRecord;
import org.jspecify.annotations.Nullable;

/// Writes what a link is, or came to, as one line of JSON: every [LinkField], `null` where there is
/// nothing to say.
///
/// **Thread:** one at a time.
public final class LinkLines {
  /// No line is longer, its end included.
  static final int MAX_BYTES = 640;

  private static final List<LinkField> FIELDS = List.of(LinkField.values());

  /// Always with milliseconds, so that times can be sorted as text.
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private final LinkText text;

  LinkLines(LinkText text) {
    this.text = text;
  }

  /// See [Pseudonyms#turn].
  void turn() {
    text.turn();
  }

  /// Lines in which nothing is left out or changed: for what is disclosed, whatever is logged.
  public static LinkLines inFull() {
    Pseudonyms none = new Pseudonyms(InstantSource.system());
    return new LinkLines(new LinkText(Privacy.FULL, Privacy.FULL, none));
  }

  /// Appends the line of a link, ASCII.
  public void append(StringBuilder lines, LinkRecord link) {
    int start = lines.length();
    char before = '{';
    for (LinkField field : FIELDS) {
      lines.append(before).append('"').append(field.key()).append("\":");
      appendValue(lines, field, link);
      before = ',';
    }
    lines.append("}\n");
    assert lines.length() - start <= MAX_BYTES : lines.length() - start;
  }

  private void appendValue(StringBuilder lines, LinkField field, LinkRecord link) {
    switch (field) {
      case PAIR_ID -> append(lines, isPaired(link) ? pairId(link) : null);
      case ROLE -> append(lines, link.role() == null ? null : word(link.role()));
      case INFO_HASH -> append(lines, text.of(link.infoHash()));
      case SOURCE -> append(lines, text.of(link.source()));
      case DESTINATION -> append(lines, text.of(link.destination()));
      case OPENED -> append(lines, time(link.openedMs()));
      case PAIRED -> append(lines, isPaired(link) ? time(link.pairedMs()) : null);
      case CLOSED -> append(lines, link.closedMs() == 0 ? null : time(link.closedMs()));
      case BYTES_FROM -> lines.append(link.bytesFrom());
      case BYTES_TO -> lines.append(link.bytesTo());
      case CLOSE_REASON -> append(lines, link.reason() == null ? null : word(link.reason()));
    }
  }

  /// A string of JSON. What comes here is made of hex digits, addresses, times and words: nothing
  /// of it can end a string.
  private static void append(StringBuilder lines, @Nullable String value) {
    if (value == null) {
      lines.append("null");
    } else {
      assert value.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\') : value;
      lines.append('"').append(value).append('"');
    }
  }

  private static boolean isPaired(LinkRecord link) {
    return link.pairedMs() != 0;
  }

  private static String pairId(LinkRecord link) {
    return HexFormat.of().toHexDigits(link.pairId());
  }

  private static String time(long ms) {
    return TIME.format(Instant.ofEpochMilli(ms));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
