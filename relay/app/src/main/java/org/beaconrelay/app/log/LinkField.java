package org.beaconrelay.app.log;

/// What a relay says of a link where its operator asks for it: all that there is to say, and
/// nothing else (TRUST-MODEL.md, rules 3 and 6). In the order in which it is written; the table of
/// docs/connection-log.md is held against it.
public enum LinkField {
  PAIR_ID(
      "pair_id",
      Type.HEX,
      "The pair_id of its PAIRED frame; the two links of a pair have the same. `null` if it was"
          + " never paired."),
  ROLE("role", Type.WORD, "`bridge` or `broker`. `null` if it never came to wait or to be paired."),
  INFO_HASH(
      "info_hash",
      Type.HASH,
      "What it announced. `null` if it never came to wait or to be paired."),
  SOURCE("source", Type.ADDRESS, "Where the endpoint dialled from."),
  DESTINATION("destination", Type.ADDRESS, "Where it reached the relay."),
  OPENED("opened", Type.TIME, "When it was accepted."),
  PAIRED("paired", Type.TIME, "When it was told PAIRED. `null` if it never was."),
  CLOSED("closed", Type.TIME, "When it ended: the age of a record counts from here."),
  BYTES_FROM(
      "bytes_from",
      Type.BYTES,
      "Bytes that came from it and were delivered to its counterpart. 0 if it was never paired."),
  BYTES_TO(
      "bytes_to",
      Type.BYTES,
      "Bytes of its counterpart's that were delivered to it. 0 if it was never paired."),
  CLOSE_REASON("close_reason", Type.WORD, "Why it ended, see below.");

  /// What a value looks like in JSON.
  public enum Type {
    HEX("string, 16 hex digits"),
    WORD("string"),
    /// Subject to the operator's choice.
    HASH("string, by `--log-hash`"),
    /// Subject to the operator's choice.
    ADDRESS("string, by `--log-address`"),
    TIME("string, ISO 8601 in UTC with milliseconds"),
    BYTES("number");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    /// For people.
    public String text() {
      return text;
    }
  }

  private final String key;
  private final Type type;
  private final String doc;

  LinkField(String key, Type type, String doc) {
    this.key = key;
    this.type = type;
    this.doc = doc;
  }

  /// Its name in JSON.
  public String key() {
    return key;
  }

  public Type type() {
    return type;
  }

  /// What it is, in Markdown.
  public String doc() {
    return doc;
  }
}
