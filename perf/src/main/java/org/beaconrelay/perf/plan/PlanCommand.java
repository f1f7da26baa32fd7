package org.beaconrelay.perf.plan;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.beaconrelay.perf.page.Document;
import org.beaconrelay.server.HostLimits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/// `beacon plan`: says what a load takes.
public final class PlanCommand {
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_USAGE = 64;
  private static final int EXIT_CONFIGURATION = 78;

  private PlanCommand() {}

  static void main(String[] arguments) {
    System.exit(run(System.out, System.err, HostLimits.read(), arguments));
  }

  /// @param host what this host allows: the node, where nobody says otherwise
  /// @return the exit code
  static int run(PrintStream out, PrintStream err, HostLimits host, String... arguments) {
    CommandLine commandLine = PlanOptions.commandLine();
    ParseResult parsed = commandLine.parseArgs(arguments);
    if (parsed.isUsageHelpRequested()) {
      commandLine.usage(out);
      return 0;
    }
    List<String> usage = new ArrayList<>();
    Request request = Request.of(parsed, usage);
    ResultFiles files = ResultFiles.read(request.results());
    Node node = node(request, files.results(), host);
    checkDescriptors(node, usage);
    List<String> problems = Stream.concat(usage.stream(), files.problems().stream()).toList();
    if (!problems.isEmpty()) {
      problems.forEach(problem -> err.println("beacon: plan: " + problem));
      return usage.isEmpty() ? EXIT_CONFIGURATION : EXIT_USAGE;
    }
    Evidence evidence = Evidence.of(files.results(), files.incomplete(), request.tls());
    for (Evidence.LeftOut result : evidence.leftOut()) {
      err.println("beacon: plan: left out: %s: %s".formatted(result.name(), result.reason()));
    }
    Plan plan =
        new Plan(
            request.wanted(),
            request.tls(),
            request.headroom(),
            request.replicas(),
            node,
            evidence);
    return report(plan, request, out, err);
  }

  private static int report(Plan plan, Request request, PrintStream out, PrintStream err) {
    Document document = PlanDocument.of(plan);
    out.print(document.toText());
    try {
      write(request.page(), document.toHtml());
      write(request.json(), PlanJson.of(plan));
    } catch (IOException e) {
      err.println("beacon: plan: cannot write the report: " + e);
      return EXIT_FAILED;
    }
    return plan.missing().isEmpty() && plan.isEnough() ? 0 : EXIT_FAILED;
  }

  private static void write(@Nullable Path file, String text) throws IOException {
    if (file != null) {
      Files.writeString(file, text);
    }
  }

  // ---- the node

  private static Node node(Request request, List<Result> results, HostLimits host) {
    int measuredOn =
        results.stream()
            .map(result -> result.facts().get("processors"))
            .filter(Objects::nonNull)
            .filter(processors -> processors.matches("[1-9]\\d{0,3}"))
            .mapToInt(Integer::parseInt)
            .min()
            .orElse(0);
    int cores =
        request
            .cores()
            .orElse(measuredOn > 0 ? measuredOn : Runtime.getRuntime().availableProcessors());
    String coresBy = measuredOn > 0 ? "the results" : "this host";
    return new Node(
        Math.max(1, cores),
        request.memoryBytes().orElse(host.memoryBytes()),
        request.openFiles().orElse(host.openFiles()),
        request.openFiles().isPresent(),
        host.pipeUserPagesSoft(),
        new Node.Origins(
            request.cores().isPresent() ? "--cores" : coresBy,
            request.memoryBytes().isPresent() ? "--memory" : "this host",
            request.openFiles().isPresent() ? "--descriptors" : "this host, can be raised"));
  }

  private static void checkDescriptors(Node node, List<String> usage) {
    try {
      int _ = node.maxLinks();
    } catch (IllegalArgumentException e) {
      usage.add(
          "%s: %s"
              .formatted(node.openFilesFixed() ? "--descriptors" : "this host", e.getMessage()));
    }
  }
}
