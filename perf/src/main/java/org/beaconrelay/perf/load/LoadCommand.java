package org.beaconrelay.perf.load;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.perf.Pair;
import org.beaconrelay.perf.RelayLinks;
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
  private static final int CONNECT_TIMEOUT_MS = 5_000;
  private static final int INTERRUPT_TIMEOUT_S = 30;

  /// What a JVM and this program have open besides links.
  private static final int OTHER_DESCRIPTORS = 100;

  /// How long a pair to be is open, at most, where the relay does not stall.
  private static final double PAIRING_S = 1;

  private final LoadOptions options;
  private final Scenario scenario;
  private final Stopper stopper = new Stopper();
  private final List<LoadResult> results = new ArrayList<>();

  private LoadCommand(LoadOptions options, Scenario scenario) {
    this.options = options;
    this.scenario = scenario;
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
      command.checkDescriptors();
      command.checkRelay();
    } catch (IOException | RunFailedException e) {
      return complain(e, EXIT_UNAVAILABLE);
    }
    CountDownLatch finished = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> command.interrupt(finished)));
    try {
      return command.runAndReport(report);
    } catch (InterruptedException | IOException | RunFailedException e) {
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

  // ---- before anything starts

  private void checkDescriptors() throws IOException, RunFailedException {
    long needed =
        OTHER_DESCRIPTORS
            + switch (scenario) {
              case Scenario.Pairing pairing ->
                  pairing.waiting() + (long) (2 * PAIRING_S * pairing.rate());
              case Scenario.Messages messages -> 2L * messages.pairs();
            };
    long limit = maxDescriptors();
    if (needed > limit) {
      throw new RunFailedException(
          "this scenario takes %d descriptors, and this process may have %d: raise the limit (ulimit -n), or make the scenario smaller with --set"
              .formatted(needed, limit));
    }
  }

  private static long maxDescriptors() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
      if (line.startsWith("Max open files")) {
        String soft = line.split(" +", -1)[3];
        return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
      }
    }
    return Long.MAX_VALUE;
  }

  private void checkRelay() throws RunFailedException {
    try (Socket socket = new Socket()) {
      socket.connect(options.relay(), CONNECT_TIMEOUT_MS);
    } catch (IOException e) {
      throw new RunFailedException(
          "no relay at %s:%d (%s): start one with beacon relay --tls off --listen HOST:PORT"
              .formatted(
                  options.relay().getHostString(), options.relay().getPort(), e.getMessage()));
    }
    try (Pair _ = RelayLinks.openPair(options.relay())) {
      return;
    } catch (IOException | RunFailedException e) {
      throw new RunFailedException(
          "what listens at %s:%d pairs nobody (%s): is it a relay with --tls off?"
              .formatted(
                  options.relay().getHostString(), options.relay().getPort(), e.getMessage()));
    }
  }

  // ---- the run

  private int runAndReport(PrintStream out)
      throws IOException, InterruptedException, RunFailedException {
    OptionalLong pid = ListeningProcess.find(options.relay().getPort());
    if (pid.isEmpty()) {
      System.err.println(
          "beacon: load: the relay's process is not to be seen from here: its CPU and memory are"
              + " not measured");
    }
    Measurement measurement = new Measurement(stopper, options.out());
    switch (scenario) {
      case Scenario.Pairing pairing -> results.add(measurePairing(measurement, pairing, pid));
      case Scenario.Messages messages -> {
        results.add(
            measurement.of(
                "direct",
                OptionalLong.empty(),
                () -> startMessages(openDirect(messages.pairs()), messages)));
        if (!stopper.isStopped()) {
          results.add(
              measurement.of(
                  "relay", pid, () -> startMessages(openPairs(messages.pairs()), messages)));
        }
      }
    }
    LoadReport report = new LoadReport(facts(), results);
    out.print(report.toText());
    Path folder = options.out();
    if (folder != null) {
      Files.writeString(folder.resolve("result.json"), report.toJson());
    }
    return report.isWhole() && !stopper.isStopped() ? 0 : EXIT_FAILED;
  }

  private LoadResult measurePairing(
      Measurement measurement, Scenario.Pairing pairing, OptionalLong pid)
      throws IOException, InterruptedException, RunFailedException {
    List<SocketChannel> crowd = new ArrayList<>();
    try {
      for (int i = 0; i < pairing.waiting() && !stopper.isStopped(); i++) {
        crowd.add(RelayLinks.openWaiting(options.relay()));
      }
      return measurement.of(
          "relay", pid, () -> PairingRun.start(options.relay(), Measurement.scheduleOf(pairing)));
    } finally {
      for (SocketChannel link : crowd) {
        link.close();
      }
    }
  }

  private static LoadRun startMessages(List<Pair> pairs, Scenario.Messages messages)
      throws IOException {
    return MessageRun.start(pairs, messages.sizeBytes(), Measurement.scheduleOf(messages));
  }

  private List<Pair> openPairs(int count) throws IOException, RunFailedException {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pairs.add(RelayLinks.openPair(options.relay()));
    }
    return pairs;
  }

  /// Pairs that no relay is between.
  private static List<Pair> openDirect(int count) throws IOException {
    List<Pair> pairs = new ArrayList<>();
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      for (int i = 0; i < count; i++) {
        SocketChannel broker = SocketChannel.open(listener.getLocalAddress());
        pairs.add(new Pair(listener.accept(), broker));
      }
    }
    for (Pair pair : pairs) {
      pair.broker().setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
    return pairs;
  }

  private Map<String, String> facts() throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("scenario", scenario.toString());
    facts.put("file", options.scenario().getFileName().toString());
    facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
    facts.put("load", Files.readString(Path.of("/proc/loadavg")).strip() + " after the run");
    return facts;
  }
}
