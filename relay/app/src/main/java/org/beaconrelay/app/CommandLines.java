package org.beaconrelay.app;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The command line as picocli knows it: put together by hand from what the commands say of
/// themselves, so that picocli needs no reflection.
final class CommandLines {
  private static final int HELP_WIDTH = 80;
  private static final SequencedMap<String, Supplier<Command>> COMMANDS = commands();

  private CommandLines() {}

  private static SequencedMap<String, Supplier<Command>> commands() {
    SequencedMap<String, Supplier<Command>> commands = new LinkedHashMap<>();
    commands.put(RelayCommand.NAME, RelayCommand::new);
    commands.put("bridge", BridgeCommand::new);
    commands.put("broker", BrokerCommand::new);
    commands.put("pki", PkiCommand::new);
    commands.put("demo", DemoCommand::new);
    commands.put("prove", ProveCommand::new);
    commands.put("info-hash", InfoHashCommand::new);
    commands.put("disclose", DiscloseCommand::new);
    commands.put("retention", RetentionCommand::new);
    commands.put("report", ReportCommand::new);
    commands.put("doctor", DoctorCommand::new);
    commands.put("version", VersionCommand::new);
    return Collections.unmodifiableSequencedMap(commands);
  }

  /// All commands; or only the one that the arguments begin with, because to put all together would
  /// be a good part of a relay's start.
  static CommandLine create(String... arguments) {
    CommandSpec root = CommandSpec.create().name("beacon");
    root.usageMessage()
        .header(
            "Pairs two outbound connections that name the same info_hash, and moves bytes",
            "between them. Neither side needs an inbound connection.")
        .customSynopsis("beacon COMMAND [OPTIONS]")
        .commandListHeading("%n@|bold Commands|@%n")
        .footer(
            "",
            "'beacon COMMAND --help' tells more about a command.",
            "'beacon load' in a checkout loads a relay and measures it: perf/README.md.");
    addCommon(root);
    COMMANDS.forEach(
        (name, command) -> {
          if (!isCommand(arguments) || name.equals(arguments[0])) {
            CommandSpec spec = command.get().spec();
            addCommon(spec);
            root.addSubcommand(name, spec);
          }
        });
    return new CommandLine(root)
        .setExpandAtFiles(false) // a file's name may begin with @
        .setUsageHelpWidth(HELP_WIDTH);
  }

  private static boolean isCommand(String... arguments) {
    return arguments.length > 0 && COMMANDS.containsKey(arguments[0]);
  }

  private static void addCommon(CommandSpec spec) {
    spec.interpolateVariables(false)
        .addOption(
            OptionSpec.builder("--help")
                .usageHelp(true)
                .type(boolean.class)
                .arity("0")
                .description("Show this help.")
                .build());
    spec.usageMessage()
        .sortOptions(false)
        .synopsisHeading("%nUsage: ")
        .optionListHeading("%n")
        .parameterListHeading("%n");
  }

  /// What a command that runs until it is told to stop may end with.
  ///
  /// @param needs what it may lack; may be empty
  static void addExitCodesOfService(CommandSpec spec, String needs) {
    List<String> codes =
        new ArrayList<>(
            List.of("0", "it was told to stop, and did", "64", "the command line is wrong"));
    if (!needs.isEmpty()) {
      codes.addAll(List.of("69", "something is not to be had: " + needs));
    }
    codes.addAll(
        List.of("78", "the configuration is wrong; every problem is told", "1", "anything else"));
    addExitCodes(spec, codes.toArray(String[]::new));
  }

  /// What a command may end with, for its help.
  static void addExitCodes(CommandSpec spec, String... codesAndMeanings) {
    Map<String, String> codes = new LinkedHashMap<>();
    for (int i = 0; i < codesAndMeanings.length; i += 2) {
      codes.put(codesAndMeanings[i], codesAndMeanings[i + 1]);
    }
    spec.usageMessage().exitCodeListHeading("%n@|bold Exit codes|@%n").exitCodeList(codes);
  }
}
