package org.beaconrelay.app;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `beacon report transparency`: what a relay was used for, in counts that say nothing of anybody.
final class ReportCommand implements Command {
  static final String TRANSPARENCY = "transparency";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("report");
    OptionSet.REPORT.addTo(
        spec,
        "  beacon report transparency --from 2026-11-01 --to 2026-11-30 \\",
        "    /var/log/beacon/connections.log",
        "  zcat *.gz | beacon report transparency --from 2026-11-01 --to 2026-11-30 -");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .required(true)
            .type(String.class)
            .paramLabel(TRANSPARENCY)
            .description("Counts that may be published.")
            .build());
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("1..*")
            .arity("1..*")
            .required(true)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel("FILE")
            .description(
                "What a relay's --connection-log names; the files that it became with time",
                "are read too. - is standard input.")
            .build());
    spec.usageMessage()
        .header("Counts what a relay was used for, out of its connection log.")
        .description(
            "Links, pairs, bytes each way and why links ended, by day: no address and no",
            "info_hash. For operators who publish such figures.");
    CommandLines.addExitCodes(
        spec,
        "0",
        "counted; lines that are no records are told on standard error",
        "64",
        "the command line is wrong",
        "78",
        "the configuration is wrong; every problem is told",
        "1",
        "no connection log is there, or something cannot be read or written");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    String kind = arguments.matchedPositionalValue(0, "");
    if (!kind.equals(TRANSPARENCY)) {
      terminal.complain(
          "report %s: there is no such report: write beacon report %s --from DATE --to DATE FILE"
              .formatted(Quoted.of(kind), TRANSPARENCY));
      return ExitCode.USAGE;
    }
    List<String> files = arguments.matchedPositionalValue(1, List.of());
    return Config.run(
        OptionSet.REPORT, arguments, terminal, given -> ReportConfig.parse(given, files));
  }
}
