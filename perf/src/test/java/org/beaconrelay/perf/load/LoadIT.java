package org.beaconrelay.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The load generator and the packaged relay, as processes of their own or as good as.
final class LoadIT {
  private static final Pattern READY = Pattern.compile("ready listen=127\\.0\\.0\\.1:(\\d+) .*");

  @TempDir private Path out;

  private Process relay;
  private int port;

  @BeforeEach
  void startRelay() throws IOException {
    relay =
        new ProcessBuilder(
                Path.of("..", "beacon").toString(), "relay", "--tls=off", "--listen=127.0.0.1:0")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
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
    List<String> arguments =
        new ArrayList<>(List.of("scenarios/" + scenario, "--relay", "127.0.0.1:" + port));
    arguments.addAll(List.of("--out", out.toString(), "--set", "warmup=500ms"));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    ByteArrayOutputStream report = new ByteArrayOutputStream();
    int exitCode = LoadCommand.run(new PrintStream(report), arguments.toArray(String[]::new));
    return new Outcome(exitCode, report.toString(StandardCharsets.UTF_8));
  }

  @Test
  void pairsWhatWasDue() {
    Outcome outcome = load("pairing.properties", "rate=200", "duration=2s", "waiting=20");
    assertThat(outcome.exitCode()).as(outcome.report()).isZero();
    assertThat(outcome.figure("paired")).isEqualTo(500);
    assertThat(outcome.figure("measured")).isEqualTo(400);
    assertThat(outcome.figure("relay CPU each")).isPositive();
    assertThat(outcome.figure("relay descriptors")).isPositive();
  }

  @Test
  void deliversWhatWasDueThroughTheRelayAndDirectly() throws IOException {
    Outcome outcome =
        load("messages.properties", "rate=2000", "duration=2s", "pairs=7", "size=1000");
    assertThat(outcome.exitCode()).as(outcome.report()).isZero();
    assertThat(outcome.report()).contains("| direct").contains("| relay");
    assertThat(outcome.figure("received")).isEqualTo(5000);
    assertThat(outcome.figure("measured")).isEqualTo(4000);
    assertThat(Files.readString(out.resolve("relay.hlog"))).contains("Interval_Max");
    assertThat(Files.readString(out.resolve("direct.percentiles"))).contains("Percentile");
    assertThat(Files.readString(out.resolve("result.json"))).contains("\"whole\":true");
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
    Thread killer =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Thread.sleep(3_000); // the direct run is over by then
                    relay.destroyForcibly();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                });
    Outcome outcome = load("messages.properties", "rate=1000", "duration=1s", "pairs=2");
    killer.join();
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.report()).startsWith("INCOMPLETE");
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
