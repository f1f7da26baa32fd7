package org.beaconrelay.app;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/// A configuration in which everything is right.
interface Config {
  /// What its operator should know.
  List<String> warnings();

  /// Whether nothing shall be started.
  boolean checkOnly();

  /// Every value in effect, in one line.
  String describe();

  /// Does what it is for, and stays as long as that takes.
  ///
  /// @return an [ExitCode]; where it runs until it is told to stop, only if it could not start:
  ///   else the process ends in here
  int start(Terminal terminal);

  /// Does what a command with a configuration does.
  ///
  /// @param parser has null as its result where there are problems
  /// @return an [ExitCode]
  static int run(
      OptionSet options,
      ParseResult arguments,
      Terminal terminal,
      Function<Given, ? extends @Nullable Config> parser) {
    Problems problems = new Problems();
    Config config =
        parser.apply(
            OptionSources.resolve(
                options, options.flags(arguments), terminal.environment(), problems));
    if (config == null) {
      problems.lines().forEach(terminal::complain);
      return problems.exitCode();
    }
    config.warnings().forEach(terminal::warn);
    if (config.checkOnly()) {
      terminal.out().println(config.describe());
      return ExitCode.OK;
    }
    return config.start(terminal);
  }
}
