package org.beaconrelay.app;

/// The options of `beacon broker` alone.
enum BrokerOption implements Option {
  LISTEN(
      OptionText.of(
          OptionGroup.CONNECTIONS,
          "listen",
          "HOST:PORT",
          "must be given",
          "Where to accept connections for the service. Whoever can connect here gets there: listen"
              + " at loopback, or where only those can come who may. Port 0 picks one, which the"
              + " `ready` line tells.")),
  WAIT_TIMEOUT(
      OptionText.of(
          OptionGroup.TIMES,
          "wait-timeout",
          "TIME",
          OptionText.code(BrokerConfig.DEFAULT_WAIT_TIMEOUT),
          "How long a connection waits for a bridge before it is reset; cannot be `off`."));

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final OptionText text;

  BrokerOption(OptionText text) {
    this.text = text;
  }

  @Override
  public OptionText text() {
    return text;
  }
}
