package org.beaconrelay.perf.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.beaconrelay.perf.Json;
import org.beaconrelay.server.HostLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanCommandTest {
  private static final HostLimits HOST = new HostLimits(20_000, 1 << 20, 16_384, true, 8L << 30);
  private static final List<String> WANTED =
      List.of(
          "--pairs=10000",
          "--waiting=20000",
          "--pairings-per-second=1000",
          "--gbit-per-second=20",
          "--messages-per-second=50000");

  @TempDir private Path folder;

  private record Outcome(int exitCode, String out, String err) {}

  private static Outcome run(List<String> arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        PlanCommand.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            HOST,
            arguments.toArray(String[]::new));
    return new Outcome(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Outcome plan(String... more) {
    List<String> arguments = new ArrayList<>(WANTED);
    arguments.addAll(List.of("--results", results().toString()));
    arguments.addAll(List.of(more));
    return run(arguments);
  }

  private Path results() {
    return folder.resolve("results");
  }

  // ---- reports

  @Test
  void reportsAsTextAsPageAndAsJson() throws Exception {
    new TestResults(results()).all();
    Path page = folder.resolve("plan.html");
    Path json = folder.resolve("plan.json");
    Outcome outcome = plan("--out", page.toString(), "--json", json.toString());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("Replicas: 2 + 1", "cores, at 2.1 x the wanted load");
    assertThat(Files.readString(page)).contains("2 + 1", "A &lt;fast&gt; one");
    JsonNode root = Json.read(json);
    assertThat(root.at("/replicas/needed").asInt()).isEqualTo(2);
    assertThat(root.at("/node/cores").asInt()).isEqualTo(2);
    assertThat(root.at("/one_has_failed/cores").asDouble()).isEqualTo(0.95);
  }

  /// Without JavaScript there are the tables alone: each figure of a chart stands in one.
  @Test
  void hasAllOfTheRampInATable() throws IOException {
    new TestResults(results()).all();
    Path page = folder.resolve("plan.html");
    plan("--out", page.toString());
    assertThat(Files.readString(page))
        .contains("<th scope=\"row\">8,750</th><td class=\"number\">96.7 MiB</td>");
  }

  @Test
  void readsSeveralFolders() {
    new TestResults(results()).pairing("pairing", 500, 400_000);
    Path other = folder.resolve("other");
    new TestResults(other)
        .messages("messages", 64, 10_000)
        .bulk("bulk")
        .ramp("ramp-waiting", "waiting", 10_000, 2_000, 3_000)
        .ramp("ramp-pairs", "pairs", 10_000, 1_000, 6_000);
    assertThat(plan("--results", other.toString()).exitCode()).isZero();
  }

  @Test
  void countsOnceWhatIsGivenTwice() {
    new TestResults(results()).all();
    Outcome outcome = plan("--results", results().resolve("bulk").toString());
    assertThat(outcome.out()).containsPattern("Gbit/s .*\\| 1 +\\| unknown \\|");
  }

  @Test
  void takesTheNodeThatIsGiven() {
    new TestResults(results()).all();
    Outcome outcome = plan("--cores=4", "--memory=16GiB", "--descriptors=1000000", "--replicas=2");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .containsPattern("cores of a node +\\| 4 +\\| --cores")
        .containsPattern("memory of a node +\\| 16 GiB +\\| --memory")
        .contains("Measured with 2 processors, planned with 4");
  }

  @Test
  void failsWhereReplicasAreTooFew() {
    new TestResults(results()).all();
    Outcome outcome = plan("--replicas=1");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).contains("! --replicas 1: too few.");
  }

  @Test
  void failsWhereSomethingWasNotMeasured() {
    new TestResults(results()).pairing("pairing", 500, 400_000);
    Outcome outcome = plan();
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("Not measured: Gbit/s.", "Replicas, at least:", "at least 0.4 of 2");
  }

  @Test
  void goesOnWithoutWhatIsIncomplete() {
    new TestResults(results()).all().write("cut", false, Map.of(), Map.of());
    Outcome outcome = plan();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).startsWith("beacon: plan: left out: cut: INCOMPLETE");
  }

  // ---- what is wrong

  @Test
  void tellsAllProblemsTogether() {
    Path nowhere = folder.resolve("nowhere");
    Outcome outcome =
        run(
            List.of(
                "--results",
                nowhere.toString(),
                "--pairs=many",
                "--waiting=-1",
                "--gbit-per-second=1e9",
                "--headroom=95",
                "--tls=maybe",
                "--memory=8GB",
                "--cores=0",
                "--descriptors=100",
                "--speed=9"));
    assertThat(outcome.exitCode()).isEqualTo(64);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines())
        .containsExactly(
            "beacon: plan: Unknown option: '--speed=9'",
            "beacon: plan: --pairs \"many\": write a whole number from 0 to 1000000000",
            "beacon: plan: --waiting \"-1\": write a whole number from 0 to 1000000000",
            "beacon: plan: --pairings-per-second is not given: write 0 where there is to be none"
                + " of it",
            "beacon: plan: --gbit-per-second \"1e9\": write a number, such as 0, 500 or 2.5",
            "beacon: plan: --messages-per-second is not given: write 0 where there is to be none"
                + " of it",
            "beacon: plan: --headroom \"95\": write a whole number from 0 to 90",
            "beacon: plan: --tls \"maybe\": write on or off",
            "beacon: plan: --memory \"8GB\": write a size, such as 512MiB or 8GiB",
            "beacon: plan: --cores \"0\": write a whole number from 1 to 1024",
            "beacon: plan: --descriptors: 100 file descriptors are too few: raise the limit"
                + " (ulimit -n, LimitNOFILE) to 400 or more",
            "beacon: plan: --results \"%s\": cannot be read: java.nio.file.NoSuchFileException: %s"
                .formatted(nowhere, nowhere));
  }

  @Test
  void wantsPairsForBytes() {
    assertThat(
            run(List.of(
                    "--results",
                    folder.toString(),
                    "--pairs=0",
                    "--waiting=1",
                    "--pairings-per-second=0",
                    "--gbit-per-second=1",
                    "--messages-per-second=0"))
                .err())
        .contains("--pairs is 0: bytes and messages need pairs that they go through");
  }

  @Test
  void refusesWhatIsNoResult() {
    new TestResults(results())
        .text("empty", "")
        .text("half", "{\"format\":1,")
        .text("old", "{\"whole\":true}")
        .text("newer", "{\"format\":2}")
        .text(
            "odd",
            """
            {"format":1,"whole":true,"facts":{},"scenario":{"load":"bulk"},
             "runs":{"relay":{"done":"much","elapsed_ns":1}}}\
            """);
    Outcome outcome = plan();
    assertThat(outcome.exitCode()).isEqualTo(78);
    assertThat(outcome.err().lines())
        .hasSize(5)
        .anyMatch(
            line ->
                line.endsWith("empty/result.json is no result of beacon load: format is missing"))
        .anyMatch(line -> line.contains("half/result.json is no JSON: "))
        .anyMatch(line -> line.endsWith("no result of beacon load: format is missing"))
        .anyMatch(line -> line.endsWith("format is not 1: it is of another version of beacon load"))
        .anyMatch(line -> line.endsWith("runs.relay.done is not a number"));
  }

  @Test
  void refusesIfAllAreIncomplete() {
    new TestResults(results())
        .write("a", false, Map.of(), Map.of())
        .write("b", false, Map.of(), Map.of());
    Outcome outcome = plan();
    assertThat(outcome.exitCode()).isEqualTo(78);
    assertThat(outcome.err()).startsWith("beacon: plan: --results: all are INCOMPLETE (a, b): run");
  }

  @Test
  void saysThatAFolderHasNoResult() throws IOException {
    Files.createDirectories(results());
    Outcome outcome = plan();
    assertThat(outcome.exitCode()).isEqualTo(78);
    assertThat(outcome.err()).contains("there is no result.json in it");
  }

  @Test
  void saysThatItCannotWrite() {
    new TestResults(results()).all();
    Outcome outcome = plan("--out", folder.resolve("none").resolve("plan.html").toString());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("beacon: plan: cannot write the report: ");
  }

  @Test
  void helps() {
    assertThat(run(List.of("--help")).out()).contains("--messages-per-second=M", "Exit codes");
  }
}
