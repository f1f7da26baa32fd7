package org.beaconrelay.app;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// One of the commands behind `beacon`.
interface Command {
  /// Its name, options, and help.
  CommandSpec spec();

  /// Does it.
  ///
  /// @return an [ExitCode]
  int run(ParseResult arguments, Terminal terminal);
}
