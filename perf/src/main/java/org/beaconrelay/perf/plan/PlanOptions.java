package org.beaconrelay.perf.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The options of `beacon plan`. What they mean is [Request]'s.
enum PlanOptions {
  RESULTS(
      "--results",
      "DIR",
      "What beacon load --out DIR has written, or a folder of such folders. Repeatable. Must be"
          + " given."),
  PAIRS("--pairs", "N", "Pairs that are open at once. Must be given."),
  WAITING(
      "--waiting",
      "N",
      "Links that wait at each replica at once: a bridge waits at all of them. Must be given."),
  PAIRINGS("--pairings-per-second", "R", "Must be given."),
  GBITS(
      "--gbit-per-second",
      "G",
      "Of all pairs, both directions together, besides the messages. Must be given."),
  MESSAGES("--messages-per-second", "M", "Of all pairs together. Must be given."),
  MESSAGE_SIZE("--message-size", "BYTES", "Of a message. [64]"),
  REPLICAS("--replicas", "N", "Asks whether so many are enough. [as many as it takes, and one]"),
  HEADROOM("--headroom", "PERCENT", "Of each limit, is to stay free. [30]"),
  TLS("--tls", "on|off", "Whether links are inside outer TLS until they are paired. [on]"),
  MEMORY("--memory", "SIZE", "Of a node, such as 8GiB. [this host's]"),
  CORES("--cores", "N", "Of a node, for the relay alone. [as in the results]"),
  DESCRIPTORS(
      "--descriptors",
      "N",
      "That a relay may have, if that cannot be raised. [what it takes; the report says what to"
          + " set]"),
  OUT("--out", "FILE", "Where to write the report as a page for a browser. [none]"),
  JSON("--json", "FILE", "Where to write it as JSON. [none]");

  private final String flag;
  private final String label;
  private final String description;

  PlanOptions(String flag, String label, String description) {
    this.flag = flag;
    this.label = label;
    this.description = description;
  }

  String flag() {
    return flag;
  }

  static CommandLine commandLine() {
    CommandSpec spec = CommandSpec.create().name("beacon plan");
    for (PlanOptions option : values()) {
      spec.addOption(option.spec());
    }
    spec.addOption(
        OptionSpec.builder("--help")
            .usageHelp(true)
            .type(boolean.class)
            .arity("0")
            .description("Show this help.")
            .build());
    spec.parser().collectErrors(true);
    spec.usageMessage()
        .header("Says how many replicas a load takes, of what, and what to set.")
        .description(
            "It goes by what beacon load has measured on the node in question: whatever is wanted",
            "and was not measured, it does not guess.")
        .exitCodeListHeading("%nExit codes%n")
        .exitCodeList(exitCodes());
    return new CommandLine(spec).setExpandAtFiles(false).setUsageHelpWidth(80);
  }

  private OptionSpec spec() {
    OptionSpec.Builder builder =
        OptionSpec.builder(flag).paramLabel(label).description(description);
    return this == RESULTS
        ? builder.type(List.class).auxiliaryTypes(String.class).build()
        : builder.type(String.class).build();
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("0", "there is a plan, and it is whole");
    codes.put("64", "the command line is wrong");
    codes.put("78", "a result is missing, INCOMPLETE or broken");
    codes.put("1", "something wanted was not measured, or --replicas are too few; see the report");
    return codes;
  }
}
