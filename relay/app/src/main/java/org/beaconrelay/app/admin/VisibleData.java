package org.beaconrelay.app.admin;

import java.util.List;
import org.beaconrelay.app.log.LinkField;

/// All that whoever runs a relay can see: the first table of the trust model, row for row. What a
/// relay says of a link, anywhere, belongs to one of the first four; docs/trust-model.md is held
/// against it, and it against [LinkField].
public enum VisibleData {
  ADDRESSES(
      "source and destination IP address and port",
      "TCP socket metadata",
      List.of(LinkField.SOURCE, LinkField.DESTINATION)),
  TIMES(
      "open, pair and close timestamps",
      "pairing",
      List.of(
          LinkField.PAIR_ID,
          LinkField.OPENED,
          LinkField.PAIRED,
          LinkField.CLOSED,
          LinkField.CLOSE_REASON)),
  BYTES(
      "bytes per link and direction",
      "rate limits, abuse detection",
      List.of(LinkField.BYTES_FROM, LinkField.BYTES_TO)),
  INFO_HASH(
      "info_hash (SHA-256 of the bridge CA certificate)",
      "pairing",
      List.of(LinkField.ROLE, LinkField.INFO_HASH)),
  KEEPALIVE("keepalive cadence", "TCP keepalive", List.of()),
  HANDSHAKE("outer TLS handshake size and timing", "observable in the TCP stream", List.of());

  private final String text;
  private final String why;

  @SuppressWarnings("ImmutableEnumChecker") // a list of constants, made by List.of
  private final List<LinkField> fields;

  VisibleData(String text, String why, List<LinkField> fields) {
    this.text = text;
    this.why = why;
    this.fields = fields;
  }

  /// What it is, in the words of the trust model.
  public String text() {
    return text;
  }

  /// Why it is visible.
  public String why() {
    return why;
  }

  /// What is said of it of each link; nothing is if it is never kept.
  public List<LinkField> fields() {
    return fields;
  }

  /// Whether it is in memory while a link is open, and may be logged if the operator wants it.
  public boolean isHeld() {
    return !fields.isEmpty();
  }
}
