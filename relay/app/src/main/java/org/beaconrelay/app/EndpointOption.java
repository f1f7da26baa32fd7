package org.beaconrelay.app;

/// The options that `beacon bridge` and `beacon broker` have in common.
enum EndpointOption implements Option {
  RELAY(
      OptionText.repeatable(
          OptionGroup.RELAY,
          "relay",
          "HOST:PORT",
          "must be given",
          "Where the relay is. A name that has several addresses stands for several replicas.")),
  RELAY_PIN(
      OptionText.repeatable(
          OptionGroup.RELAY,
          "relay-pin",
          "SHA256",
          "none",
          "SHA-256 of the relay's certificate, which its `ready` line tells: that one is trusted,"
              + " and no other.")),
  RELAY_CA(
      OptionText.of(
          OptionGroup.RELAY,
          "relay-ca",
          "FILE",
          "those that this Java trusts",
          "Authorities (PEM) that may have issued the relay's certificate, which is for the host of"
              + " `--relay`.")),
  RELAY_TLS(
      OptionText.of(
          OptionGroup.RELAY,
          "relay-tls",
          "on|off",
          "`on`",
          "`off` where the relay runs with `--tls off`: info_hashes can be read on the network.")),
  CA(
      OptionText.of(
          OptionGroup.IDENTITY,
          "ca",
          "FILE",
          "must be given",
          "Certificate of the bridge CA, PEM or DER. Its hash is the info_hash by which bridge and"
              + " broker meet.")),
  CERT(
      OptionText.of(
          OptionGroup.IDENTITY,
          "cert",
          "FILE",
          "must be given",
          "Certificate of this end, PEM, issued by the bridge CA: for a bridge with the extended"
              + " key usage serverAuth, for a broker with clientAuth.")),
  KEY(
      OptionText.of(
          OptionGroup.IDENTITY,
          "key",
          "FILE",
          "must be given",
          "The private key of `--cert`: PEM, not encrypted; EC, RSA or Ed25519.")),
  MAX_CONNECTIONS(
      OptionText.of(
          OptionGroup.LIMITS,
          "max-connections",
          "N",
          OptionText.code(EndpointConfig.DEFAULT_MAX_CONNECTIONS),
          "Connections at a time, further ones wait; for a bridge: at each replica of the relay,"
              + " with the links that wait.")),
  DRAIN_TIMEOUT(
      OptionText.of(
          OptionGroup.TIMES,
          "drain-timeout",
          "TIME",
          OptionText.code(EndpointConfig.DEFAULT_DRAIN_TIMEOUT),
          "On SIGTERM or SIGINT: how long connections may go on before they are reset."));

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final OptionText text;

  EndpointOption(OptionText text) {
    this.text = text;
  }

  @Override
  public OptionText text() {
    return text;
  }
}
