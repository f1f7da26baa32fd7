package org.beaconrelay.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The tools in Python, as processes of their own, with as little to do as they can have.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class PythonToolsIT {
  private static final List<String> ATTACKS =
      List.of(
          "connects",
          "silent",
          "slow",
          "half-announces",
          "hashes",
          "one-hash",
          "colliding",
          "resets",
          "half-open",
          "unread",
          "small-windows",
          "garbage",
          "proxy-headers",
          "slow-header",
          "sources",
          "pause",
          "malformed-tls",
          "slow-hello",
          "half-handshakes",
          "unfinished-records",
          "crowd");

  @TempDir private Path out;

  private record Outcome(int exitCode, String report, String progress) {
    void requireSuccess() {
      assertThat(exitCode).as("%s%s", report, progress).isZero();
    }

    void requireRefusal(int expectedExitCode, String... reasons) {
      assertThat(exitCode).as(progress).isEqualTo(expectedExitCode);
      assertThat(report).isEmpty();
      assertThat(progress).contains(reasons);
    }

    List<String> rows(String begin) {
      return report.lines().filter(line -> line.startsWith("| " + begin)).toList();
    }
  }

  @BeforeAll
  static void needsPython() {
    assumeInstalled("python3");
  }

  private static void assumeInstalled(String program) {
    assumeThat(isInstalled(program)).as(program + " is installed").isTrue();
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .map(directory -> Path.of(directory, program))
        .anyMatch(Files::isExecutable);
  }

  private static void assumeNamespaces() throws IOException {
    assumeInstalled("ip");
    assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
        .as("the user, who has to be root to make network namespaces")
        .isEqualTo(0);
  }

  private static Process start(Path report, String... command) throws IOException {
    return new ProcessBuilder(command).redirectOutput(report.toFile()).start();
  }

  /// Waits for the end of a tool. It has to take its namespaces away.
  private static Outcome finish(Process process, Path report)
      throws IOException, InterruptedException {
    String progress;
    try (BufferedReader rest = process.errorReader()) {
      progress = rest.lines().collect(Collectors.joining("\n"));
    }
    int exitCode = process.waitFor();
    assertThat(Path.of("/var/run/netns", "beacon-lab-" + process.pid() + "-near")).doesNotExist();
    assertThat(Path.of("/var/run/netns", "beacon-lab-" + process.pid() + "-far")).doesNotExist();
    return new Outcome(exitCode, Files.readString(report), progress);
  }

  private Outcome run(String... command) throws IOException, InterruptedException {
    Path report = out.resolve("report");
    return finish(start(report, command), report);
  }

  @Test
  void knowsWhatTheKernelDoes() throws Exception {
    run("python3", "-m", "doctest", "tcp_keepalive.py", "tcp_links.py").requireSuccess();
  }

  @Test
  void seesEverySegmentAndEveryEnd() throws Exception {
    assumeNamespaces();
    Path json = out.resolve("json");
    Outcome outcome =
        run("./keepalive", "--keepalive=1s,1s,3", "--links=2", "--intervals=1", "--json=" + json);
    outcome.requireSuccess();
    assertThat(outcome.report()).startsWith("kernel");
    assertThat(outcome.rows("waiting ")).hasSize(2).allMatch(row -> row.contains("| 2 of 2 "));
    assertThat(outcome.rows("paired ")).hasSize(2).allMatch(row -> row.contains("| 4 of 4 "));
    assertThat(outcome.rows("waiting, ")).hasSize(2).allMatch(row -> row.contains("| 2 of 2 "));
    assertThat(outcome.rows("paired, ")).hasSize(8).allMatch(row -> row.contains("| 2 of 2 "));
    assertThat(Files.readString(json)).contains("\"complete\": true");
  }

  @Test
  void tellsWhatThereIsWhenInterrupted() throws Exception {
    assumeNamespaces();
    Path report = out.resolve("report");
    Process process = start(report, "./keepalive", "--keepalive=30s,10s,3", "--links=1");
    BufferedReader progress = process.errorReader();
    String line = progress.readLine();
    while (line != null && !line.startsWith("keepalive: links are idle")) {
      line = progress.readLine();
    }
    process.toHandle().destroy(); // by its handle, so that its output is still there
    Outcome outcome = finish(process, report);
    assertThat(outcome.exitCode()).as(outcome.progress()).isOne();
    assertThat(outcome.report()).startsWith("INCOMPLETE: interrupted").contains("| 0 of 5 ");
  }

  @Test
  void saysThatTheRelayDoesNotStart() throws Exception {
    assumeNamespaces();
    run("./keepalive", "--keepalive=40000s,1s,1")
        .requireRefusal(69, "idle is a whole number", "keepalive: the relay did not become ready");
  }

  @Test
  void comparesStarts() throws Exception {
    String variant = "--variant=c1=-XX:TieredStopAtLevel=1";
    Path json = out.resolve("json");
    Outcome outcome =
        run("./startup", "java", "c1", variant, "--tls=off", "--rounds=1", "--json=" + json);
    outcome.requireSuccess();
    assertThat(outcome.rows("java ")).hasSize(1);
    assertThat(outcome.rows("c1 ")).as("itself, and beside java").hasSize(2);
    assertThat(Files.readString(json)).contains("\"complete\": true", "\"rss_mib\": ");
  }

  @Test
  void saysWhichStartFails() throws Exception {
    run("./startup", "broken", "--variant=broken=-XX:+NoSuchOption")
        .requireRefusal(69, "startup: broken: the relay did not become ready");
  }

  @Test
  void attacksARelay() throws Exception {
    assumeInstalled("prlimit");
    Path json = out.resolve("json");
    Outcome outcome =
        run("./hostile", "--seconds=1", "--warmup=0", "--pairs=5", "--rate=50", "--json=" + json);
    outcome.requireSuccess();
    assertThat(outcome.report()).startsWith("kernel");
    for (String attack : ATTACKS) {
      assertThat(outcome.rows(attack + " "))
          .singleElement(STRING)
          .matches("\\| %s +\\| [a-zA-Z, ]+ \\| [1-9].*".formatted(attack));
    }
    if (isInstalled("faketime")) {
      assertThat(outcome.rows("clock-jumps "))
          .singleElement(STRING)
          .matches("\\| clock-jumps +\\| plain, false clock +\\| [1-9].*");
    } else {
      assertThat(outcome.report()).contains("clock-jumps: left out: no libfaketime: ");
    }
    assertThat(Files.readString(json)).contains("\"complete\": true", "\"lost\": []");
  }

  @Test
  void refusesWrongCommandLines() throws Exception {
    run("./startup", "nobody").requireRefusal(64, "there are beacon, java, unarchived");
    run("./hostile", "--attack=nobody").requireRefusal(64, "'nobody': there are connects");
    run("./keepalive", "--keepalive=2,1,3").requireRefusal(64, "'2' is not whole seconds");
  }

  @Test
  void timesPairingOverADelay() throws Exception {
    assumeNamespaces();
    Outcome outcome = run("./pairing-latency", "--rounds=1", "--rtt-ms=10");
    outcome.requireSuccess();
    assertThat(outcome.rows("exact ")).hasSize(2);
    assertThat(outcome.rows("plain ")).hasSize(2);
  }
}
