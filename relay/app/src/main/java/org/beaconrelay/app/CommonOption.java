package org.beaconrelay.app;

/// The options of every command that has a configuration.
enum CommonOption implements Option {
  CONFIG(
      "config",
      "FILE",
      "none",
      "Properties file (UTF-8) with options as keys, such as `drain-timeout=1m`."),
  CHECK_CONFIG(
      "check-config",
      "",
      "`false`",
      "Only say what is wrong with the configuration, or what is in effect.");

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final OptionText text;

  CommonOption(String key, String valueLabel, String defaultText, String meaning) {
    this.text = OptionText.of(OptionGroup.CONFIGURATION, key, valueLabel, defaultText, meaning);
  }

  @Override
  public OptionText text() {
    return text;
  }
}
