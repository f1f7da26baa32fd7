package org.beaconrelay.app;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `beacon broker`: runs a broker until SIGTERM or SIGINT.
final class BrokerCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("broker");
    OptionSet.BROKER.addTo(
        spec,
        "  beacon broker --relay relay.example.com:443 --listen 127.0.0.1:8200 \\",
        "    --ca bridge-ca.pem --cert broker.pem --key broker.key");
    spec.usageMessage()
        .header("Hands local connections to the service behind a bridge.")
        .description(
            "Listens locally; for every connection it finds a bridge at the relay, and hands",
            "on what comes from either side.");
    CommandLines.addExitCodesOfService(spec, "the port of --listen");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    return Config.run(OptionSet.BROKER, arguments, terminal, BrokerConfig::parse);
  }
}
