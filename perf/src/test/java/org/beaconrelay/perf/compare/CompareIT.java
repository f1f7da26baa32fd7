package org.beaconrelay.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.beaconrelay.perf.Json;
import org.beaconrelay.perf.RunFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whole runs, in processes of their own, because a run pins its process to a core.
final class CompareIT {
  @TempDir private Path folder;

  private record Outcome(int exitCode, String report, String complaints) {}

  private static ProcessBuilder compare(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("-Dbeacon.root=" + Path.of("..").toAbsolutePath().normalize());
    command.add(CompareCommand.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  private static Outcome finish(Process process) throws IOException, InterruptedException {
    String report = process.inputReader().readAllAsString();
    String complaints = process.errorReader().readAllAsString();
    return new Outcome(process.waitFor(), report, complaints);
  }

  private Outcome measure(String contenders, String scenarios)
      throws IOException, InterruptedException, RunFailedException {
    Path json = folder.resolve("figures.json");
    String options =
        "--rounds 1 --seconds 1 --warmup 0 --contender %s --scenario %s --json %s"
            .formatted(contenders, scenarios, json);
    Outcome outcome = finish(compare(options.split(" ", -1)).start());
    assertThat(outcome.exitCode()).as(outcome.complaints()).isZero();
    assertThat(Json.read(json).required("complete").booleanValue()).isTrue();
    return outcome;
  }

  @Test
  void comparesBeaconWithNoRelay() throws Exception {
    String report = measure("direct,beacon", "bulk16,pingpong1").report();
    assertThat(report)
        .containsPattern("\\| bulk16 +\\| throughput +\\| above 1 +\\| \\d")
        .containsPattern("\\| bulk16 +\\| CPU +\\| s/GiB +\\| - +\\| \\d")
        .containsPattern("\\| bulk16 +\\| memory +\\| MiB +\\| - +\\| [1-9]")
        .containsPattern("\\| pingpong1 +\\| p50 +\\| us +\\| \\d[^|]+\\| \\d")
        .containsPattern("\\| pingpong1 +\\| p99 added +\\| us +\\| - +\\| \\d");
  }

  /// Bytes both ways through all pairs, and pairs that come and go: all arrives, whoever it is.
  @ParameterizedTest
  @EnumSource(names = {"HAPROXY", "NGINX", "GO", "STRELAYSRV", "TRANSIT"})
  void measuresPeers(Contender contender) throws Exception {
    assumeThat(contender.peer().requirements())
        .as("what %s needs", contender.label())
        .allMatch(Requirement::isMet);
    String report = measure(contender.label(), "bulk16-both,churn").report();
    assertThat(report)
        .containsPattern("\\| bulk16-both +\\| throughput +\\| GiB/s +\\| \\d")
        .containsPattern("\\| churn +\\| CPU +\\| us/pair +\\| \\d");
  }

  @Test
  void reportsWhatThereIsWhenInterrupted() throws Exception {
    Process process =
        compare("--rounds 100 --seconds 1 --warmup 0 --contender direct".split(" ", -1)).start();
    BufferedReader progress = process.errorReader();
    assertThat(progress.readLine()).startsWith("bulk16 1/100 direct: throughput");

    // Not by the process itself, which would close our ends of its streams.
    process.toHandle().destroy();

    Outcome outcome = finish(process);
    assertThat(outcome.complaints()).contains("compare: interrupted");
    assertThat(outcome.report())
        .startsWith("INCOMPLETE")
        .containsPattern("\\| bulk16 +\\| throughput +\\| GiB/s +\\| \\d");
  }

  @Test
  void saysAtOnceWhatIsNotInstalled() throws Exception {
    ProcessBuilder builder = compare("--contender", "beacon,haproxy");
    builder.environment().put("PATH", folder.toString());
    assertThat(finish(builder.start()))
        .isEqualTo(
            new Outcome(
                69,
                "",
                """
                compare: no taskset found: apt-get install util-linux
                compare: no setpriv found: apt-get install util-linux
                compare: no setsid found: apt-get install util-linux
                compare: haproxy: no haproxy found: apt-get install haproxy
                """));
  }

  @Test
  void refusesAWrongCommandLine() throws Exception {
    Outcome outcome = finish(compare("--contender", "squid").start());
    assertThat(outcome.exitCode()).isEqualTo(64);
    assertThat(outcome.complaints()).startsWith("compare: unknown contender squid\n\nusage: ");
  }
}
