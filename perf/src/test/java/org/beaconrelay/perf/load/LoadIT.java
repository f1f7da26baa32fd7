package org.beaconrelay.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.beaconrelay.perf.Json;
import org.beaconrelay.perf.RunFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The load generator and the packaged relay, as processes of their own or as good as.
final class LoadIT {
  private static final Pattern READY = Pattern.compile("ready listen=127\\.0\\.0\\.1:(\\d+) .*");

  @TempDir private Path out;

  private Process relay;
  private int port;

  @BeforeEach
  void startRelay() throws IOException {
    startRelay("--tls=off");
  }

  private void startRelay(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of("..", "beacon").toString(),
                "relay",
                "--listen=127.0.0.1:0",
                "--admin=off",
                "--config=" + Path.of("relay.properties")));
    command.addAll(List.of(options));
    relay = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String line = relay.inputReader().readLine();
    while (line != null) {
      Matcher ready = READY.matcher(line);
      if (ready.matches()) {
        port = Integer.parseInt(ready.group(1));
        return;
      }
      line = relay.inputReader().readLine();
    }
    throw new AssertionError("the relay ended");
  }

  @AfterEach
  void stopRelay() {
    relay.destroyForcibly();
  }

  private record Outcome(int exitCode, String report) {
    long figure(String name) {
      Matcher row =
          Pattern.compile("\\| %s +\\|.*?([0-9.]+) +\\|\n".formatted(Pattern.quote(name)))
              .matcher(report);
      assertThat(row.find()).as("%s in %s", name, report).isTrue();
      return (long) Double.parseDouble(row.group(1));
    }
  }

  private Outcome load(String scenario, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("warmup=500ms");
    return run(scenario, all);
  }

  private Outcome run(String scenario, List<String> settings) {
    List<String> arguments =
        new ArrayList<>(List.of("scenarios/" + scenario, "--relay", "127.0.0.1:" + port));
    arguments.addAll(List.of("--out", out.toString()));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    ByteArrayOutputStream report = new ByteArrayOutputStream();
    int exitCode = LoadCommand.run(new PrintStream(report), arguments.toArray(String[]::new));
    return new Outcome(exitCode, report.toString(StandardCharsets.UTF_8));
  }

  private JsonNode result() throws RunFailedException {
    return Json.read(out.resolve("result.json"));
  }

  @Test
  void pairsWhatWasDue() {
    Outcome outcome = load("pairing.properties", "rate=200", "duration=2s", "waiting=20");
    assertThat(outcome.exitCode()).as(outcome.report()).isZero();
    assertThat(outcome.figure("paired")).isEqualTo(500);
    assertThat(outcome.figure("measured")).isEqualTo(400);
    assertThat(outcome.figure("relay CPU each")).isPositive();
    assertThat(outcome.figure("descriptors")).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ending=reset", "ending=fin"})
  void answersWhatWasDue(String ending) {
    Outcome outcome =
        load(
            "churn.properties",
            "rate=50",
            "duration=2s",
            "request=100000",
            "reply=1048576",
            ending);
    assertThat(outcome.exitCode()).as(outcome.report()).isZero();
    assertThat(outcome.figure("answered")).isEqualTo(125);
    assertThat(outcome.figure("measured")).isEqualTo(100);
  }

  @Test
  void deliversWhatWasDueThroughTheRelayAndDirectly() throws IOException, RunFailedException {
    Outcome outcome =
        load("messages.properties", "rate=2000", "duration=2s", "pairs=7", "size=1000");
    assertThat(outcome.exitCode()).as(outcome.report()).isZero();
    assertThat(outcome.report()).contains("| direct").contains("| relay");
    assertThat(outcome.figure("received")).isEqualTo(5000);
    assertThat(outcome.figure("measured")).isEqualTo(4000);
    assertThat(Files.readString(out.resolve("relay.hlog"))).contains("Interval_Max");
    assertThat(Files.readString(out.resolve("direct.percentiles"))).contains("Percentile");
    assertThat(result().required("whole").booleanValue()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"directions=one", "directions=both"})
  void accountsForEachByte(String directions) {
    Outcome outcome =
        load("bulk.properties", "duration=2s", "pairs=4", "slow=1", "slow-rate=1000", directions);
    assertThat(outcome.exitCode()).as(outcome.report()).isZero();
    assertThat(outcome.report()).contains("| direct").contains("| relay");
    assertThat(outcome.figure("bytes sent")).isPositive();
    assertThat(outcome.figure("bytes received")).isEqualTo(outcome.figure("bytes sent"));
  }

  @ParameterizedTest
  @CsvSource({
    "pairing.properties, waiting=3, paired, 15",
    "churn.properties, ending=reset, answered, 15",
    "churn.properties, ending=fin, answered, 15",
    "messages.properties, pairs=3, received, 15"
  })
  void doesTheSameInsideOuterTls(String scenario, String setting, String done, long count)
      throws IOException {
    relay.destroyForcibly();
    startRelay("--tls=self-signed");
    Outcome outcome = load(scenario, setting, "rate=5", "duration=2500ms", "tls=on");
    assertThat(outcome.exitCode()).as(outcome.report()).isZero();
    assertThat(outcome.figure(done)).isEqualTo(count);
  }

  @ParameterizedTest
  @CsvSource({"--tls=off, tls=on", "--tls=self-signed, tls=off"})
  void saysThatOnlyOneOfThemHasTls(String option, String setting) throws IOException {
    relay.destroyForcibly();
    startRelay(option);
    PrintStream standardError = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said));
    try {
      assertThat(load("pairing.properties", setting)).isEqualTo(new Outcome(69, ""));
    } finally {
      System.setErr(standardError);
    }
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("outer TLS, and the scenario says " + setting);
  }

  @Test
  void takesThousandsOfPairs() {
    Outcome outcome =
        load("messages.properties", "rate=3000", "duration=1s", "pairs=3000", "size=64");
    assertThat(outcome.exitCode()).as(outcome.report()).isZero();
    assertThat(outcome.figure("received")).isEqualTo(4500);
  }

  private record Step(int links, int descriptors, int pipeEnds) {}

  private List<Step> ramp(String scenario, int links) throws RunFailedException {
    Outcome outcome = run(scenario, List.of("links=" + links, "steps=2", "settle=1s"));
    assertThat(outcome.exitCode()).as(outcome.report()).isZero();
    assertThat(outcome.report()).contains("| each ").contains("kernel: ");
    return result()
        .requiredAt("/runs/relay/ramp/steps")
        .valueStream()
        .map(
            step ->
                new Step(
                    step.required("links").intValue(),
                    step.required("descriptors").intValue(),
                    step.required("pipe_ends").intValue()))
        .toList();
  }

  @Test
  void findsOneDescriptorForEachWaitingLink() throws RunFailedException {
    List<Step> steps = ramp("ramp-waiting.properties", 400);
    Step none = steps.getFirst();
    int others = none.descriptors();
    int pipeEnds = none.pipeEnds();
    assertThat(steps)
        .containsExactly(
            new Step(0, others, pipeEnds),
            new Step(200, others + 200, pipeEnds),
            new Step(400, others + 400, pipeEnds));
  }

  @Test
  void findsTwoDescriptorsAndNoPipeForEachIdlePair() throws RunFailedException {
    List<Step> steps = ramp("ramp-pairs.properties", 300);
    Step none = steps.getFirst();
    int others = none.descriptors();
    int pipeEnds = none.pipeEnds();
    assertThat(steps)
        .containsExactly(
            new Step(0, others, pipeEnds),
            new Step(150, others + 300, pipeEnds),
            new Step(300, others + 600, pipeEnds));
  }

  @Test
  void saysThatARampTakesTooManyDescriptors() {
    assertThat(run("ramp-waiting.properties", List.of("links=1000000")))
        .isEqualTo(new Outcome(69, ""));
  }

  @ParameterizedTest
  @CsvSource({"--tls=off, tls=off", "--tls=self-signed, tls=on"})
  void findsTheRelaysRecordsRight(String option, String setting) throws IOException {
    relay.destroyForcibly();
    Path log = out.resolve("connections.log");
    startRelay(option, "--connection-log=" + log);
    Outcome outcome =
        load("accounting.properties", "rate=20", "duration=5s", "connection-log=" + log, setting);
    assertThat(outcome.exitCode()).as(outcome.report()).isZero();
    assertThat(outcome.figure("links checked")).isEqualTo(220);
    assertThat(outcome.figure("mismatches")).isZero();
    assertThat(outcome.figure("bytes received")).isPositive();
  }

  @Test
  void findsThatTheRelayHasRecordedNothing() throws IOException {
    Path log = Files.createFile(out.resolve("connections.log"));
    Outcome outcome =
        load("accounting.properties", "rate=20", "duration=1s", "connection-log=" + log);
    assertThat(outcome.exitCode()).as(outcome.report()).isEqualTo(1);
    assertThat(outcome.report()).startsWith("INCOMPLETE");
    assertThat(outcome.figure("links checked")).isEqualTo(60);
    assertThat(outcome.figure("mismatches")).isEqualTo(30);
  }

  @Test
  void saysThatThereIsNoConnectionLog() {
    assertThat(load("accounting.properties", "connection-log=" + out.resolve("none.log")))
        .isEqualTo(new Outcome(69, ""));
  }

  /// What is due while a relay stands still is late, and each of it counts: a generator that waited
  /// for the relay would see one slow pairing.
  @Test
  void chargesAStallForAllThatWasDueMeanwhile() throws Exception {
    Thread staller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Thread.sleep(2_000);
                    signal("STOP");
                    Thread.sleep(1_000);
                    signal("CONT");
                  } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                  }
                });
    Outcome outcome = load("pairing.properties", "rate=200", "duration=4s");
    staller.join();
    assertThat(outcome.exitCode()).as(outcome.report()).isZero();
    // 200 of 800 were due in that second, one after the other.
    assertThat(outcome.figure("max")).isGreaterThan(800_000);
    assertThat(outcome.figure("p90")).isGreaterThan(300_000);
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(relay.pid())).start().waitFor();
  }

  @Test
  void saysThatNotAllCouldBeDone() throws Exception {
    Thread killer = killRelayWhenThereIs("relay.hlog");
    Outcome outcome = load("messages.properties", "rate=1000", "duration=3s", "pairs=2");
    killer.join();
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.report()).startsWith("INCOMPLETE");
    assertThat(outcome.figure("received")).isLessThan(3500);
  }

  @Test
  void reportsWhatThereIsOfARunThatCouldNotBegin() throws Exception {
    Thread killer = killRelayWhenThereIs("direct.hlog");
    Outcome outcome = load("messages.properties", "rate=1000", "duration=3s", "pairs=2");
    killer.join();
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.report()).startsWith("INCOMPLETE").doesNotContain("| relay");
    assertThat(outcome.figure("received")).isEqualTo(3500);
  }

  /// @param file that the load generator writes from then on
  private Thread killRelayWhenThereIs(String file) {
    return Thread.ofVirtual()
        .start(
            () -> {
              while (Files.notExists(out.resolve(file))) {
                LockSupport.parkNanos(1_000_000);
              }
              relay.destroyForcibly();
            });
  }

  @Test
  void saysWhoIsNotThere() throws IOException {
    relay.destroyForcibly();
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertThat(load("pairing.properties")).isEqualTo(new Outcome(69, ""));
  }

  @Test
  void saysThatDescriptorsAreTooFew() {
    assertThat(load("messages.properties", "pairs=1000000")).isEqualTo(new Outcome(69, ""));
  }
}
