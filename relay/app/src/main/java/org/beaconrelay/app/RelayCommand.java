package org.beaconrelay.app;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `beacon relay`: runs the relay until SIGTERM or SIGINT.
final class RelayCommand implements Command {
  static final String NAME = "relay";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name(NAME);
    OptionSet.RELAY.addTo(
        spec,
        "  beacon relay",
        "  beacon relay --tls-cert relay.pem --tls-key relay.key",
        "  beacon relay --tls off --listen 127.0.0.1:8443 --listen [::1]:8443",
        "  BEACON_MAX_WAIT=5m beacon relay --config relay.properties --check-config");
    spec.usageMessage().header("Runs the relay until SIGTERM or SIGINT.");
    CommandLines.addExitCodesOfService(spec, "a port, a transport, splice");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    return Config.run(
        OptionSet.RELAY, arguments, terminal, given -> RelayConfigParser.parse(given, Host.read()));
  }
}
