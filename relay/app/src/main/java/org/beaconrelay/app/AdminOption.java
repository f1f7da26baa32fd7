package org.beaconrelay.app;

/// The options of `beacon relay` about its admin port.
enum AdminOption implements Option {
  ADMIN(
      "admin",
      "HOST:PORT",
      OptionText.code(AdminAddresses.DEFAULT_TEXT),
      "Where to answer over HTTP to the operator and his tools; `off` closes it. Whoever can"
          + " connect there is told who is connected here: leave it at loopback, or behind a"
          + " firewall. Port 0 picks one, which the `ready` line tells.");

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final OptionText text;

  AdminOption(String key, String valueLabel, String defaultText, String meaning) {
    this.text = OptionText.of(OptionGroup.ADMIN, key, valueLabel, defaultText, meaning);
  }

  @Override
  public OptionText text() {
    return text;
  }
}
