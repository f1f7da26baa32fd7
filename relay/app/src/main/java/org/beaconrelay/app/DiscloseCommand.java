package org.beaconrelay.app;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `beacon disclose`: all that a running relay holds, and could disclose.
final class DiscloseCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("disclose");
    OptionSet.DISCLOSE.addTo(
        spec,
        "  beacon disclose",
        "  beacon disclose --admin 127.0.0.1:9443 --json",
        "  beacon disclose --explain > what-the-relay-sees.md");
    spec.usageMessage()
        .header("Tells all that a running relay holds, and could disclose.")
        .description(
            "Every link and pair that is open, with every field that there is of it: what is not"
                + " shown is not there.");
    CommandLines.addExitCodes(
        spec,
        "0",
        "told",
        "64",
        "the command line is wrong",
        "69",
        "the admin port cannot be reached",
        "78",
        "the configuration is wrong; every problem is told",
        "1",
        "the relay's answer is not what it should be, or cannot be written");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    return Config.run(OptionSet.DISCLOSE, arguments, terminal, DiscloseConfig::parse);
  }
}
