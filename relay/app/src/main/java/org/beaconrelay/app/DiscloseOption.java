package org.beaconrelay.app;

/// The options of `beacon disclose`.
enum DiscloseOption implements Option {
  ADMIN(
      "admin",
      "HOST:PORT",
      OptionText.code(AdminAddresses.DEFAULT_TEXT),
      "The relay's admin port: its option of that name, or what its `ready` line tells."),
  JSON("json", "", "`false`", "As the relay answers it: a link a line."),
  EXPLAIN(
      "explain",
      "",
      "`false`",
      "Instead of links: what this relay sees, keeps, logs and never sees, as it is configured, and"
          + " how to check it. Markdown, for an impact assessment.");

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final OptionText text;

  DiscloseOption(String key, String valueLabel, String defaultText, String meaning) {
    this.text = OptionText.of(OptionGroup.ADMIN, key, valueLabel, defaultText, meaning);
  }

  @Override
  public OptionText text() {
    return text;
  }
}
