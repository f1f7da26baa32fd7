package org.beaconrelay.app;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `beacon pki`: all certificates that a bridge and a broker need, for trying things out.
final class PkiCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("pki");
    OptionSet.PKI.addTo(spec, "  beacon pki", "  beacon pki --out /etc/beacon --days 30");
    spec.usageMessage()
        .header("Makes a bridge CA, a bridge certificate and a broker certificate.")
        .description("They are for trying things out. No file is overwritten.");
    CommandLines.addExitCodes(
        spec,
        "0",
        "made",
        "64",
        "the command line is wrong",
        "78",
        "the configuration is wrong; every problem is told",
        "1",
        "nothing was made");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    return Config.run(OptionSet.PKI, arguments, terminal, PkiConfig::parse);
  }
}
