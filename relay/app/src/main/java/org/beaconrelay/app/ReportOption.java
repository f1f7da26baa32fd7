package org.beaconrelay.app;

/// The options of `beacon report`.
enum ReportOption implements Option {
  FROM(
      OptionText.of(
          OptionGroup.REPORT,
          "from",
          "DATE",
          "must be given",
          "The first day, as 2026-11-01 (UTC).")),
  TO(
      OptionText.of(
          OptionGroup.REPORT, "to", "DATE", "must be given", "The last day; it counts too.")),
  JSON(OptionText.of(OptionGroup.REPORT, "json", "", OptionText.code("false"), "As JSON instead."));

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final OptionText text;

  ReportOption(OptionText text) {
    this.text = text;
  }

  @Override
  public OptionText text() {
    return text;
  }
}
