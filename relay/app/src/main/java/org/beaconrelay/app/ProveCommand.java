package org.beaconrelay.app;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `beacon prove`: evidence that a relay copies nothing, for whoever has to believe it.
final class ProveCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("prove");
    OptionSet.PROVE.addTo(
        spec, "  beacon prove", "  beacon prove --json --out evidence.json", "  sudo beacon prove");
    spec.usageMessage()
        .header("Proves that a relay copies nothing of what it passes on.")
        .description(
            "Starts relays on loopback, has them pass on a canary, searches their memory for",
            "it and counts their calls; and does the same with relays that copy, where it",
            "must be found, or the proof proves nothing. Takes about a minute.");
    CommandLines.addExitCodes(
        spec,
        "0",
        "every claim has held",
        "64",
        "the command line is wrong",
        "78",
        "the configuration is wrong; every problem is told",
        "1",
        "a claim has not held, or could not be proven");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    return Config.run(
        OptionSet.PROVE,
        arguments,
        terminal,
        given -> ProveConfig.parse(given, arguments.originalArgs()));
  }
}
