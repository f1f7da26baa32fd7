package org.beaconrelay.app;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `beacon relay`: runs the relay until SIGTERM or SIGINT.
final class RelayCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("relay");
    OptionSet.RELAY.addTo(spec);
    spec.usageMessage()
        .header("Runs the relay until SIGTERM or SIGINT.")
        .footerHeading("%nExamples%n")
        .footer(
            "  beacon relay",
            "  beacon relay --tls-cert relay.pem --tls-key relay.key",
            "  beacon relay --tls off --listen 127.0.0.1:8443 --listen [::1]:8443",
            "  BEACON_MAX_WAIT=5m beacon relay --config relay.properties --check-config",
            "",
            "Every option may also stand in the environment (BEACON_MAX_WAIT=5m) or as a key",
            "in the file of --config (max-wait=5m). A flag beats the environment, which beats",
            "the file. Times: 500ms 10s 5m 1h 7d. Sizes: 64KiB 1MiB 1GiB, or plain bytes.");
    CommandLines.addExitCodes(
        spec,
        "0",
        "it was told to stop, and did",
        "64",
        "the command line is wrong",
        "69",
        "something is not to be had: a port, a transport, splice",
        "78",
        "the configuration is wrong; every problem is told",
        "1",
        "anything else");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    Problems problems = new Problems();
    Given given =
        OptionSources.resolve(
            OptionSet.RELAY, OptionSet.RELAY.flags(arguments), terminal.environment(), problems);
    RelayConfig config = RelayConfigParser.parse(given, Host.read());
    if (config == null) {
      problems.lines().forEach(terminal::complain);
      return problems.exitCode();
    }
    config.warnings().forEach(terminal::warn);
    if (config.checkOnly()) {
      terminal.out().println(config.describe());
      return ExitCode.OK;
    }
    return new RelayProcess(config, terminal).run();
  }
}
