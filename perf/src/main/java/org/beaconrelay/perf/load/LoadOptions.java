package org.beaconrelay.perf.load;

import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.beaconrelay.perf.RunFailedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// What the command line asks for.
///
/// @param changes of the scenario
/// @param out folder for the distributions; null = none
record LoadOptions(
    Path scenario, InetSocketAddress relay, Map<String, String> changes, @Nullable Path out) {

  static CommandLine commandLine() {
    CommandSpec spec = CommandSpec.create().name("beacon load");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .paramLabel("SCENARIO")
            .type(String.class)
            .description("What to do: a file, such as those in perf/scenarios.")
            .build());
    spec.addOption(option("--relay", "HOST:PORT", "The relay. Must be given."));
    spec.addOption(
        OptionSpec.builder("--set")
            .paramLabel("KEY=VALUE")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("Takes this value instead of the scenario's. Repeatable.")
            .build());
    spec.addOption(
        option(
            "--out",
            "DIR",
            "Where to put the result as JSON, the distributions, and their logs (.hlog). [none]"));
    spec.addOption(
        OptionSpec.builder("--help")
            .usageHelp(true)
            .type(boolean.class)
            .arity("0")
            .description("Show this help.")
            .build());
    spec.usageMessage()
        .header("Does what endpoints do, and measures the relay meanwhile.")
        .description(
            "What is due at a set rate is timed from that moment. Ctrl-C ends it and reports",
            "what there is by then.")
        .exitCodeListHeading("%nExit codes%n")
        .exitCodeList(exitCodes());
    return new CommandLine(spec).setExpandAtFiles(false).setUsageHelpWidth(80);
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("0", "all was done");
    codes.put("64", "the command line is wrong");
    codes.put("69", "the relay cannot be reached, or descriptors are too few");
    codes.put("78", "the scenario is wrong");
    codes.put("1", "not all was done; the report says INCOMPLETE");
    return codes;
  }

  private static OptionSpec option(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  /// @throws RunFailedException if something is wrong; the message says what to do
  static LoadOptions of(ParseResult arguments) throws RunFailedException {
    String relay = arguments.matchedOptionValue("--relay", "");
    if (relay.isEmpty()) {
      throw new RunFailedException("--relay is not given: write --relay HOST:PORT");
    }
    List<String> changes = arguments.matchedOptionValue("--set", List.of());
    String out = arguments.matchedOptionValue("--out", "");
    return new LoadOptions(
        path(arguments.matchedPositionalValue(0, "")),
        address(relay),
        changes(changes),
        out.isEmpty() ? null : path(out));
  }

  private static InetSocketAddress address(String text) throws RunFailedException {
    int colon = text.lastIndexOf(':');
    try {
      String host = text.substring(0, Math.max(0, colon)).replaceAll("[\\[\\]]", "");
      InetSocketAddress address =
          new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
      if (!host.isEmpty() && !address.isUnresolved()) {
        return address;
      }
    } catch (IllegalArgumentException _) {
      // No number, or none of a port: the same mistake.
    }
    throw new RunFailedException("--relay \"%s\": write HOST:PORT".formatted(text));
  }

  private static Map<String, String> changes(List<String> texts) throws RunFailedException {
    Map<String, String> changes = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new RunFailedException("--set \"%s\": write KEY=VALUE".formatted(text));
      }
      changes.put(text.substring(0, equals), text.substring(equals + 1));
    }
    return changes;
  }

  private static Path path(String text) throws RunFailedException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new RunFailedException("\"%s\" is no file name".formatted(text), e);
    }
  }
}
