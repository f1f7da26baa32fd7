package org.beaconrelay.app;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is wrong with a command line, in one line.
final class UsageErrors {
  private UsageErrors() {}

  static String text(ParameterException problem) {
    return switch (problem) {
      case UnmatchedArgumentException e -> unmatched(e.getCommandLine(), e.getUnmatched());
      case MissingParameterException e when !e.getMissing().isEmpty() ->
          missing(e.getMissing().getFirst());
      case OverwrittenOptionException e -> name(e.getOverwritten()) + " is given more than once";
      default -> String.valueOf(problem.getMessage());
    };
  }

  private static String unmatched(CommandLine command, List<String> unmatched) {
    String word = unmatched.getFirst();
    if (word.startsWith("-")) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      List<String> options = new ArrayList<>(command.getCommandSpec().optionsMap().keySet());
      return "unknown option " + Quoted.of(name) + DidYouMean.question(name, options, "");
    }
    Collection<String> subcommands = command.getSubcommands().keySet();
    return subcommands.isEmpty()
        ? "unexpected argument " + Quoted.of(word)
        : "unknown command " + Quoted.of(word) + DidYouMean.question(word, subcommands, "");
  }

  private static String missing(ArgSpec argument) {
    return argument.isOption()
        ? "%s needs a value: %s %s".formatted(name(argument), name(argument), argument.paramLabel())
        : argument.paramLabel() + " is missing";
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }
}
