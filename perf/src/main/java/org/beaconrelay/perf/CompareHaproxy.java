package org.beaconrelay.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Measures what Beacon and HAProxy cost in CPU for the same work, in turns, and reports both.
///
/// Started by `perf/compare-haproxy`, which see.
public final class CompareHaproxy {
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_USAGE = 64;
  private static final int INTERRUPT_TIMEOUT_SECONDS = 15;

  private final Path root = Path.of(System.getProperty("beacon.root", "."));
  private final List<String> arguments;
  private final RunOptions options;
  private final List<Sample> samples = new ArrayList<>();
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean interrupted;

  private CompareHaproxy(List<String> arguments) {
    this.arguments = arguments;
    this.options = RunOptions.parse(arguments);
  }

  static void main(String[] arguments) {
    CompareHaproxy comparison;
    try {
      comparison = new CompareHaproxy(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println("compare-haproxy: " + e.getMessage() + "\n\n" + RunOptions.USAGE);
      System.exit(EXIT_USAGE);
      return;
    }
    System.exit(comparison.run());
  }

  /// @return the exit code
  private int run() {
    if (options.help()) {
      System.out.print(RunOptions.USAGE);
      return 0;
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
    Pinning pinning = Pinning.ofThisProcess();
    pinning.pinGenerator();
    RunFacts facts = RunFacts.collect(root, arguments, options, pinning);
    boolean complete = false;
    try {
      takeSamples(pinning);
      complete = true;
    } catch (InterruptedException | IOException | RunFailedException e) {
      complain(e);
    }
    Report report = new Report(facts, options.scenarios(), List.copyOf(samples), complete);
    System.out.print(report.toText());
    if (options.jsonFile() != null) {
      Files.writeString(options.jsonFile(), JsonReport.of(report));
    }
    return complete ? 0 : EXIT_FAILED;
  }

  private void takeSamples(Pinning pinning)
      throws IOException, InterruptedException, RunFailedException {
    for (Scenario scenario : options.scenarios()) {
      for (int round = 1; round <= options.rounds(); round++) {
        for (Contender contender : Contender.values()) {
          Measurement measurement = new Measurement(scenario, contender, round, root, pinning);
          Sample sample = measurement.take(options.warmupSeconds(), options.seconds());
          samples.add(sample);
          tell(sample);
        }
      }
    }
  }

  private void tell(Sample sample) {
    Figure figure = sample.scenario().figure();
    System.err.printf(
        "%s %d/%d %s: CPU %s %s, %s %s%n",
        sample.scenario().label(),
        sample.round(),
        options.rounds(),
        sample.contender().label(),
        figure.formatCost(sample.cost()),
        figure.costUnit(),
        figure.formatThroughput(sample.throughput()),
        figure.throughputUnit());
  }

  private void complain(Exception failure) {
    String reason = interrupted ? "interrupted" : failure.getMessage();
    System.err.println("compare-haproxy: " + reason);
  }
}
