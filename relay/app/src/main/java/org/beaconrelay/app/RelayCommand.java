package org.beaconrelay.app;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;

/// `beacon relay`: runs the relay until SIGTERM or SIGINT.
final class RelayCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("relay");
    for (RelayOption option : RelayOption.values()) {
      spec.addOption(optionSpec(option));
    }
    UsageMessageSpec usage = spec.usageMessage();
    usage
        .header("Runs the relay until SIGTERM or SIGINT.")
        .abbreviateSynopsis(true)
        .footerHeading("%nExamples%n")
        .footer(
            "  beacon relay --tls off",
            "  beacon relay --tls off --listen 127.0.0.1:8443 --listen [::1]:8443",
            "  BEACON_TLS=off beacon relay --config relay.properties --check-config",
            "",
            "Every option may also stand in the environment (BEACON_MAX_WAIT=5m) or as a key",
            "in the file of --config (max-wait=5m). A flag beats the environment, which beats",
            "the file. Times: 500ms 10s 5m 1h 7d. Sizes: 64KiB 1MiB 1GiB, or plain bytes.");
    usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, OptionHelp::render);
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

  /// Values stay text: they are understood together with those from elsewhere.
  private static OptionSpec optionSpec(RelayOption option) {
    OptionSpec.Builder builder = OptionSpec.builder(option.flag()).paramLabel(option.valueLabel());
    return switch (option) {
      case CHECK_CONFIG -> builder.type(boolean.class).arity("0").build();
      case LISTEN -> builder.type(List.class).auxiliaryTypes(String.class).arity("1").build();
      default -> builder.type(String.class).arity("1").build();
    };
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    Problems problems = new Problems();
    Map<RelayOption, Setting> given =
        OptionSources.resolve(flags(arguments), terminal.environment(), problems);
    RelayConfig config = RelayConfigParser.parse(given, Host.read(), problems);
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

  private static Map<RelayOption, String> flags(ParseResult arguments) {
    Map<RelayOption, String> flags = new EnumMap<>(RelayOption.class);
    for (RelayOption option : RelayOption.values()) {
      OptionSpec matched = arguments.matchedOption(option.flag());
      if (matched != null) {
        flags.put(option, String.join(",", matched.stringValues()));
      }
    }
    return flags;
  }
}
