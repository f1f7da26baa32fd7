package org.beaconrelay.app;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `beacon retention`: states what a relay still has of its connection log.
final class RetentionCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("retention");
    OptionSet.RETENTION.addTo(
        spec, "  beacon retention --connection-log /var/log/beacon/connections.log");
    spec.usageMessage()
        .header("States how old the oldest record of a connection log is.")
        .description("And how many there are, and which are due. Nothing is changed.");
    CommandLines.addExitCodes(
        spec,
        "0",
        "stated",
        "64",
        "the command line is wrong",
        "78",
        "the configuration is wrong; every problem is told",
        "1",
        "there is no log, or something cannot be read or written");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    return Config.run(OptionSet.RETENTION, arguments, terminal, RetentionConfig::parse);
  }
}
