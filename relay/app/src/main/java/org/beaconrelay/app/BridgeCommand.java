package org.beaconrelay.app;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `beacon bridge`: runs a bridge until SIGTERM or SIGINT.
final class BridgeCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("bridge");
    OptionSet.BRIDGE.addTo(
        spec,
        "  beacon bridge --relay relay.example.com:443 --service 127.0.0.1:8200 \\",
        "    --ca bridge-ca.pem --cert bridge.pem --key bridge.key");
    spec.usageMessage()
        .header("Connects brokers to a service that cannot be reached from outside.")
        .description(
            "Keeps links waiting at the relay, and opens a connection to the service for",
            "every broker that comes. It listens nowhere.");
    CommandLines.addExitCodesOfService(spec, "");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    return Config.run(OptionSet.BRIDGE, arguments, terminal, BridgeConfig::parse);
  }
}
