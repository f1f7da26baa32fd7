package org.beaconrelay.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;

/// The options of a command, in the order in which they are listed.
record OptionSet(List<Option> options) {
  static final String VARIABLE_PREFIX = "BEACON_";

  static final OptionSet RELAY = of(RelayOption.values(), AdminOption.values(), LogOption.values());
  static final OptionSet BRIDGE = of(EndpointOption.values(), BridgeOption.values());
  static final OptionSet BROKER = of(EndpointOption.values(), BrokerOption.values());

  static final OptionSet PKI = of(PkiOption.values());
  static final OptionSet DISCLOSE = of(DiscloseOption.values());
  static final OptionSet RETENTION = of(RetentionOption.values());
  static final OptionSet PROVE = of(ProveOption.values());
  static final OptionSet REPORT = of(ReportOption.values());

  /// Those of all commands: an environment may serve more than one.
  static final List<OptionSet> EVERY =
      List.of(RELAY, BRIDGE, BROKER, PKI, DISCLOSE, RETENTION, PROVE, REPORT);

  private static final List<String> SOURCES =
      List.of(
          "",
          "Every option may also stand in the environment (BEACON_DRAIN_TIMEOUT=1m) or as a",
          "key in the file of --config (drain-timeout=1m). A flag beats the environment,",
          "which beats the file. Times: 500ms 10s 5m 1h 7d. Sizes: 64KiB 1MiB 1GiB.");

  OptionSet {
    options = List.copyOf(options);
  }

  /// Puts those that every command has behind a command's own.
  private static OptionSet of(Option[]... parts) {
    List<Option> options = new ArrayList<>();
    for (Option[] part : parts) {
      options.addAll(List.of(part));
    }
    options.addAll(List.of(CommonOption.values()));
    return new OptionSet(options);
  }

  /// Whether it is for what runs on and on, which a file is written for.
  boolean isOfAService() {
    return List.of(RELAY, BRIDGE, BROKER).contains(this);
  }

  @Nullable Option ofKey(String key) {
    return options.stream().filter(option -> option.key().equals(key)).findAny().orElse(null);
  }

  @Nullable Option ofVariable(String variable) {
    return options.stream()
        .filter(option -> option.variable().equals(variable))
        .findAny()
        .orElse(null);
  }

  /// Puts them into a command and its help, the examples of which are at the end.
  void addTo(CommandSpec spec, String... examples) {
    options.forEach(option -> spec.addOption(optionSpec(option)));
    List<String> footer = new ArrayList<>(List.of(examples));
    footer.addAll(SOURCES);
    spec.usageMessage()
        .footerHeading("%nExamples%n")
        .footer(footer.toArray(String[]::new))
        .abbreviateSynopsis(true)
        .sectionMap()
        .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new OptionHelp(options));
  }

  /// Values stay text: they are understood together with those from elsewhere.
  private static OptionSpec optionSpec(Option option) {
    OptionText text = option.text();
    OptionSpec.Builder builder = OptionSpec.builder(option.flag()).paramLabel(text.valueLabel());
    if (text.isSwitch()) {
      return builder.type(boolean.class).arity("0").build();
    }
    if (text.isValueOptional()) {
      return builder.type(String.class).arity("0..1").fallbackValue("on").build();
    }
    return text.repeatable()
        ? builder.type(List.class).auxiliaryTypes(String.class).arity("1").build()
        : builder.type(String.class).arity("1").build();
  }

  /// What was given on the command line.
  Map<Option, String> flags(ParseResult arguments) {
    Map<Option, String> flags = new HashMap<>();
    for (Option option : options) {
      OptionSpec matched = arguments.matchedOption(option.flag());
      if (matched != null) {
        flags.put(option, String.join(",", matched.stringValues()));
      }
    }
    return flags;
  }
}
