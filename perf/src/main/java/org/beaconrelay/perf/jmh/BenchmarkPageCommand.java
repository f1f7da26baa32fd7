package org.beaconrelay.perf.jmh;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.beaconrelay.perf.RunFailedException;
import org.beaconrelay.perf.page.Document;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// `bench/page`: shows JMH's results as text, and as a page.
public final class BenchmarkPageCommand {
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_USAGE = 64;
  private static final int EXIT_CONFIGURATION = 78;

  private BenchmarkPageCommand() {}

  static void main(String[] arguments) {
    System.exit(run(System.out, System.err, arguments));
  }

  /// @return the exit code
  static int run(PrintStream out, PrintStream err, String... arguments) {
    CommandLine commandLine = commandLine();
    Document document;
    String page;
    try {
      ParseResult parsed = commandLine.parseArgs(arguments);
      if (parsed.isUsageHelpRequested()) {
        commandLine.usage(out);
        return 0;
      }
      page = parsed.matchedOptionValue("--out", "");
      String file = parsed.matchedPositionalValue(0, "");
      document = BenchmarkDocument.of(BenchmarkFile.read(Path.of(file)));
    } catch (ParameterException | InvalidPathException e) {
      return complain(err, e, EXIT_USAGE);
    } catch (RunFailedException e) {
      return complain(err, e, EXIT_CONFIGURATION);
    }
    out.print(document.toText());
    try {
      if (!page.isEmpty()) {
        Files.writeString(Path.of(page), document.toHtml());
      }
    } catch (IOException | InvalidPathException e) {
      return complain(err, e, EXIT_FAILED);
    }
    return 0;
  }

  private static int complain(PrintStream err, Exception e, int exitCode) {
    err.println("page: " + e.getMessage());
    return exitCode;
  }

  private static CommandLine commandLine() {
    CommandSpec spec = CommandSpec.create().name("bench/page");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .required(true)
            .paramLabel("RESULT")
            .type(String.class)
            .description("What JMH has written with -rf json -rff RESULT.")
            .build());
    spec.addOption(
        OptionSpec.builder("--out")
            .paramLabel("FILE")
            .type(String.class)
            .description("Where to write a page for a browser. [none]")
            .build());
    spec.addOption(
        OptionSpec.builder("--help")
            .usageHelp(true)
            .type(boolean.class)
            .arity("0")
            .description("Show this help.")
            .build());
    spec.usageMessage()
        .header("Shows results of the micro-benchmarks beside each other.")
        .exitCodeListHeading("%nExit codes%n")
        .exitCodeList(
            Map.of("0", "shown", "64", "the command line is wrong", "78", "no result of JMH"));
    return new CommandLine(spec).setExpandAtFiles(false).setUsageHelpWidth(80);
  }
}
