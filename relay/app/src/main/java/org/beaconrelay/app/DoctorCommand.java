package org.beaconrelay.app;

import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `beacon doctor`: says whether a relay can run on this host, and what would make it run better.
final class DoctorCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("doctor");
    spec.usageMessage()
        .header("Checks whether a relay can run on this host, and how well.")
        .description(
            "Looks at kernel, splice, limits, network and memory. Each line is 'ok', 'warn'",
            "or 'FAIL', what was looked at, its value, and what it means or what to set.");
    CommandLines.addExitCodes(
        spec,
        "0",
        "a relay can run here",
        "64",
        "the command line is wrong",
        "1",
        "something is in its way (FAIL)");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    List<Finding> findings = Diagnosis.of(HostFacts.read());
    print(findings, terminal.out(), terminal.colour());
    return findings.stream().anyMatch(finding -> finding.status() == Finding.Status.FAIL)
        ? ExitCode.FAILURE
        : ExitCode.OK;
  }

  static void print(List<Finding> findings, PrintStream out, boolean colour) {
    Ansi ansi = colour ? Ansi.ON : Ansi.OFF;
    int whatWidth = findings.stream().mapToInt(f -> f.what().length()).max().orElse(0);
    int valueWidth = findings.stream().mapToInt(f -> f.value().length()).max().orElse(0);
    for (Finding finding : findings) {
      String status = "%-4s".formatted(finding.status().text());
      String rest =
          "  %s  %s  %s"
              .formatted(
                  pad(finding.what(), whatWidth),
                  pad(finding.value(), valueWidth),
                  finding.advice());
      out.print(ansi.new Text("@|%s %s|@".formatted(finding.status().style(), status)));
      out.println(rest.stripTrailing());
    }
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
