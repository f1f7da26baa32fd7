package org.beaconrelay.app;

import java.io.UncheckedIOException;
import org.beaconrelay.server.Relay;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// `beacon COMMAND …`
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    if (arguments.length > 0 && arguments[0].equals(RelayCommand.NAME)) {
      Relay.prepare(); // while the command line is read
    }
    System.exit(run(Terminal.ofProcess(), arguments));
  }

  /// Runs one command.
  ///
  /// @return an [ExitCode]
  static int run(Terminal terminal, String... arguments) {
    CommandLine commandLine = CommandLines.create(arguments);
    try {
      ParseResult parsed = commandLine.parseArgs(arguments);
      return withOutput(terminal, run(terminal, parsed));
    } catch (ParameterException e) {
      terminal.complain(UsageErrors.text(e));
      terminal
          .err()
          .printf("See '%s --help'.%n", e.getCommandLine().getCommandSpec().qualifiedName());
      return ExitCode.USAGE;
    } catch (UncheckedIOException e) {
      terminal.complain(IoProblems.text(e));
      return ExitCode.FAILURE;
    }
  }

  /// What was printed may have gone nowhere, to a disk that is full, say: whoever printed it was
  /// not told.
  ///
  /// @param exitCode of a command that has said all that it has to say
  /// @return what to end with
  private static int withOutput(Terminal terminal, int exitCode) {
    if (exitCode == ExitCode.OK && terminal.out().checkError() && !terminal.isUnread()) {
      terminal.complain("standard output: could not be written");
      return ExitCode.FAILURE;
    }
    return exitCode;
  }

  private static int run(Terminal terminal, ParseResult parsed) {
    ParseResult innermost = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    CommandLine asked = innermost.commandSpec().commandLine();
    if (innermost.isUsageHelpRequested()) {
      asked.usage(terminal.out(), terminal.colour() ? Ansi.ON : Ansi.OFF);
      return ExitCode.OK;
    }
    if (innermost.commandSpec().userObject() instanceof Command command) {
      return command.run(innermost, terminal);
    }
    asked.usage(terminal.err(), Ansi.OFF);
    return ExitCode.USAGE;
  }
}
