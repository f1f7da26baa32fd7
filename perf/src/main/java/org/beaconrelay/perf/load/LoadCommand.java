package org.beaconrelay.perf.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.perf.RunFailedException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// `beacon load`: runs one scenario against a relay, and reports.
public final class LoadCommand {
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_USAGE = 64;
  private static final int EXIT_UNAVAILABLE = 69;
  private static final int EXIT_CONFIGURATION = 78;
  private static final int INTERRUPT_TIMEOUT_S = 30;

  private final LoadOptions options;
  private final Scenario scenario;
  private final Relay relay;
  private final Stopper stopper = new Stopper();

  private LoadCommand(LoadOptions options, Scenario scenario) {
    this.options = options;
    this.scenario = scenario;
    this.relay = new Relay(options.relay(), scenario.tls());
  }

  static void main(String[] arguments) {
    System.exit(run(System.out, arguments));
  }

  /// @return the exit code
  static int run(PrintStream report, String... arguments) {
    CommandLine commandLine = LoadOptions.commandLine();
    LoadOptions options;
    try {
      ParseResult parsed = commandLine.parseArgs(arguments);
      if (parsed.isUsageHelpRequested()) {
        commandLine.usage(report);
        return 0;
      }
      options = LoadOptions.of(parsed);
      if (options.out() != null) {
        ResultFolder.prepare(options.out());
      }
    } catch (ParameterException | RunFailedException e) {
      return complain(e, EXIT_USAGE);
    }
    Scenario scenario;
    try {
      scenario = ScenarioFile.read(options.scenario(), options.changes());
    } catch (RunFailedException e) {
      return complain(e, EXIT_CONFIGURATION);
    }
    LoadCommand command = new LoadCommand(options, scenario);
    try {
      OwnDescriptors.check(scenario.load());
      command.relay.check();
      scenario.load().check();
    } catch (IOException | RunFailedException e) {
      return complain(e, EXIT_UNAVAILABLE);
    }
    CountDownLatch finished = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> command.interrupt(finished)));
    try {
      return command.runAndReport(report);
    } catch (InterruptedException | IOException e) {
      return complain(e, EXIT_FAILED);
    } finally {
      finished.countDown();
    }
  }

  private static int complain(Exception e, int exitCode) {
    System.err.println("beacon: load: " + e.getMessage());
    return exitCode;
  }

  private void interrupt(CountDownLatch finished) {
    stopper.stop();
    try {
      finished.await(INTERRUPT_TIMEOUT_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int runAndReport(PrintStream out) throws IOException, InterruptedException {
    OptionalLong pid = ListeningProcess.find(options.relay());
    if (pid.isEmpty()) {
      System.err.println(
          "beacon: load: the relay's process is not to be seen from here: its CPU and memory are"
              + " not measured");
    }
    Path folder = options.out();
    Runs runs = new Runs(relay, pid, new Measurement(folder), stopper);
    boolean whole = runAll(runs);
    LoadReport report =
        new LoadReport(
            LoadFacts.collect(options.scenario(), pid), scenario.settings(), whole, runs.results());
    out.print(LoadText.of(report));
    if (folder != null) {
      Files.writeString(folder.resolve(ResultFolder.RESULT), LoadJson.of(report));
    }
    return whole ? 0 : EXIT_FAILED;
  }

  /// @return whether all was done
  private boolean runAll(Runs runs) throws InterruptedException {
    try {
      scenario.load().run(runs);
      return !stopper.isStopped() && runs.results().stream().allMatch(LoadResult::whole);
    } catch (IOException | RunFailedException e) {
      complain(e, EXIT_FAILED); // and report what there is
      return false;
    }
  }
}
