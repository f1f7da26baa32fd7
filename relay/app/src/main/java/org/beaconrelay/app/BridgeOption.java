package org.beaconrelay.app;

/// The options of `beacon bridge` alone.
enum BridgeOption implements Option {
  SERVICE(
      OptionText.of(
          OptionGroup.CONNECTIONS,
          "service",
          "HOST:PORT",
          "must be given",
          "The service that brokers are connected to, as this host reaches it.")),
  POOL(
      OptionText.of(
          OptionGroup.CONNECTIONS,
          "pool",
          "N",
          OptionText.code(BridgeConfig.DEFAULT_POOL),
          "Links that wait at each replica of the relay: so many brokers can come at once without a"
              + " delay."));

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final OptionText text;

  BridgeOption(OptionText text) {
    this.text = text;
  }

  @Override
  public OptionText text() {
    return text;
  }
}
