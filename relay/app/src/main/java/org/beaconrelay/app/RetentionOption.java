package org.beaconrelay.app;

import org.beaconrelay.app.log.Retention;

/// The options of `beacon retention`.
enum RetentionOption implements Option {
  CONNECTION_LOG(
      "connection-log",
      "FILE",
      "must be given",
      "The file that the relay's option of that name names."),
  RETENTION(
      "retention",
      "TIME",
      OptionText.code(Retention.DEFAULT.atMost()),
      "The retention that the relay is given; `0` or `off` if it keeps records for ever.");

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final OptionText text;

  RetentionOption(String key, String valueLabel, String defaultText, String meaning) {
    this.text = OptionText.of(OptionGroup.CONNECTION_LOG, key, valueLabel, defaultText, meaning);
  }

  @Override
  public OptionText text() {
    return text;
  }
}
