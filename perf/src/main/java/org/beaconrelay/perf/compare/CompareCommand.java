package org.beaconrelay.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.beaconrelay.perf.RunFailedException;

/// Gives the same work to several relays, in turns, and reports what each took for it.
///
/// Started by `perf/compare`, which see.
public final class CompareCommand {
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_USAGE = 64;
  private static final int EXIT_UNAVAILABLE = 69;
  private static final int INTERRUPT_TIMEOUT_SECONDS = 15;

  private final Path root = Path.of(System.getProperty("beacon.root", ".")).toAbsolutePath();
  private final List<String> arguments;
  private final RunOptions options;
  private final List<Sample> samples = new ArrayList<>();
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean interrupted;

  private CompareCommand(List<String> arguments) {
    this.arguments = arguments;
    this.options = RunOptions.parse(arguments);
  }

  static void main(String[] arguments) {
    CompareCommand command;
    try {
      command = new CompareCommand(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println("compare: " + e.getMessage() + "\n\n" + RunOptions.USAGE);
      System.exit(EXIT_USAGE);
      return;
    }
    System.exit(command.run());
  }

  /// @return the exit code
  private int run() {
    if (options.help()) {
      System.out.print(RunOptions.USAGE);
      return 0;
    }
    List<String> unmet = unmet();
    if (!unmet.isEmpty()) {
      unmet.forEach(System.err::println);
      return EXIT_UNAVAILABLE;
    }
    Thread main = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(main)));
    try {
      return compareAndReport();
    } catch (InterruptedException | IOException | RunFailedException e) {
      complain(e);
      return EXIT_FAILED;
    } finally {
      finished.countDown();
    }
  }

  /// What is missing, and how to get it.
  private List<String> unmet() {
    List<String> unmet = new ArrayList<>();
    for (Requirement requirement : Pinning.REQUIREMENTS) {
      if (!requirement.isMet()) {
        unmet.add("compare: " + requirement.describe());
      }
    }
    for (Contender contender : options.contenders()) {
      for (Requirement requirement : contender.peer().requirements()) {
        if (!requirement.isMet()) {
          unmet.add("compare: %s: %s".formatted(contender.label(), requirement.describe()));
        }
      }
    }
    return unmet;
  }

  /// Makes the main thread clean up and report, and gives it the time to.
  private void interrupt(Thread main) {
    interrupted = true;
    main.interrupt();
    try {
      boolean _ = finished.await(INTERRUPT_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private int compareAndReport() throws IOException, InterruptedException, RunFailedException {
    Site site = new Site(root, Pinning.ofThisProcess());
    for (Contender contender : options.contenders()) {
      contender.peer().prepare(site);
    }
    site.pinning().pinGenerator();
    RunFacts facts = RunFacts.collect(arguments, options, site);
    boolean complete = false;
    try {
      takeSamples(site);
      complete = true;
    } catch (InterruptedException | IOException | RunFailedException e) {
      complain(e);
    }
    Report report =
        new Report(
            facts, options.contenders(), options.scenarios(), List.copyOf(samples), complete);
    System.out.print(report.toText());
    if (options.jsonFile() != null) {
      Files.writeString(options.jsonFile(), JsonReport.of(report));
    }
    return complete ? 0 : EXIT_FAILED;
  }

  private void takeSamples(Site site) throws IOException, InterruptedException, RunFailedException {
    for (Scenario scenario : options.scenarios()) {
      for (int round = 1; round <= options.rounds(); round++) {
        for (Contender contender : options.contenders()) {
          if (contender.takesPartIn(scenario)) {
            Measurement measurement = new Measurement(scenario, contender, round, site);
            Sample sample = measurement.take(options.warmupSeconds(), options.seconds());
            tell(sample);
            samples.add(sample);
          }
        }
      }
    }
  }

  private void tell(Sample sample) {
    Scenario scenario = sample.scenario();
    ScenarioResult result = ScenarioResult.of(scenario, List.of(sample));
    String figures =
        scenario.figures().stream()
            .flatMap(
                figure ->
                    result.spread(figure, sample.contender()).stream()
                        .map(spread -> figure.describe(scenario.amount(), spread.median())))
            .collect(Collectors.joining(", "));
    System.err.printf(
        "%s %d/%d %s: %s%n",
        scenario.label(), sample.round(), options.rounds(), sample.contender().label(), figures);
  }

  private void complain(Exception failure) {
    String reason = interrupted ? "interrupted" : failure.getMessage();
    System.err.println("compare: " + reason);
  }
}
