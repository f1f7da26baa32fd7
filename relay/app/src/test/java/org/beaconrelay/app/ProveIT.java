package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `beacon prove` as a reviewer runs it, at relays that keep their promise and at some that do not.
@Timeout(300)
final class ProveIT {
  private static final Pattern VERDICT = Pattern.compile("\"verdict\": \"([A-Z ]+)\"");
  private static final Path NATIVE_CONFIG =
      Path.of("../../native-config").toAbsolutePath().normalize();

  @TempDir private Path folder;

  private Outcome prove(List<String> launcher, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("prove", "--amount", "8MiB"));
    arguments.addAll(List.of(options));
    try (BeaconProcess prove = BeaconProcess.start(launcher, folder, arguments)) {
      return prove.awaitEnd();
    }
  }

  /// A program that runs the packaged one, with a word of its arguments changed.
  private String programThatChanges(String word, String into) throws Exception {
    Path program = folder.resolve("beacon-that-" + into);
    Files.writeString(
        program,
        """
        #!/bin/sh
        for word; do
          shift
          [ "$word" = %s ] && word=%s
          set -- "$@" "$word"
        done
        exec %s @%s -jar %s "$@"
        """
            .formatted(
                word,
                into,
                Path.of(System.getProperty("java.home"), "bin", "java"),
                NATIVE_CONFIG.resolve("jvm.options"),
                Path.of("target", "beacon.jar").toAbsolutePath()));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program.toString();
  }

  private static List<String> verdicts(String json) {
    return VERDICT.matcher(json).results().map(MatchResult::group).map(ProveIT::verdict).toList();
  }

  private static String verdict(String field) {
    return field.replaceFirst(".*: \"", "").replace("\"", "");
  }

  @Test
  void provesEveryClaim() throws Exception {
    Programs.find("strace");
    Outcome outcome = prove(List.of());
    assertThat(outcome.err()).as(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(outcome.out().lines())
        .filteredOn(line -> line.matches("\\d+\\. .*"))
        .hasSize(7)
        .allMatch(line -> line.matches("\\d+\\. HELD: .*"));
    assertThat(outcome.out())
        .endsWith("\nALL HELD: 7 of 7 claims")
        .containsPattern(" date +20\\d\\d-\\d\\d-\\d\\dT")
        .containsPattern(" host +Linux \\d")
        .containsPattern(" program +/\\S+/java @\\S+")
        .containsPattern(" version +\\S")
        .containsPattern(" commit +\\S")
        .containsPattern(" build-sha256 +[0-9a-f]{64}")
        .containsPattern(" ran +beacon relay --listen 127.0.0.1:0 --tls off --data-path splice ")
        .containsPattern(" ran +beacon relay .* --tls self-signed --data-path copy ")
        .containsPattern(" figure +sent_to_relay_itself_bytes 96\n")
        .containsPattern(" figure +read_bytes 96\n")
        .containsPattern(" figure +canary_found_times 0\n")
        .containsPattern(" figure +control_canary_found_times [1-9]")
        .containsPattern(" figure +answer_by_default TUNNEL_UNSUPPORTED\n");
    assertThat(outcome.out().lines())
        .filteredOn(line -> !line.matches(" +(program|ran) .*|.*/.*"))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
  }

  @Test
  void tellsOfARelayThatCopies() throws Exception {
    Programs.find("strace");
    Path report = folder.resolve("report.json");
    Outcome outcome =
        prove(
            List.of(),
            "--json",
            "--out",
            report.toString(),
            "--program",
            programThatChanges("splice", "copy"));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo("beacon: prove: not every claim has held: see the report\n");
    String json = Files.readString(report);
    assertThat(json).contains("\"all_held\": false", "The canary is in the relay's memory, at ");
    assertThat(verdicts(json)).hasSize(7).startsWith("NOT HELD", "NOT HELD", "NOT HELD");
    assertThat(verdicts(json).subList(3, 6)).containsOnly("NOT HELD");
    Programs.run(folder, "python3", "-m", "json.tool", report.toString());
  }

  @Test
  void tellsThatItProvesNothingWithoutARelayThatCopies() throws Exception {
    Programs.find("strace");
    Outcome outcome = prove(List.of(), "--json", "--program", programThatChanges("copy", "splice"));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(verdicts(outcome.out()).subList(0, 6)).containsOnly("PROVES NOTHING");
  }

  @Test
  void tellsThatItCannotCountCalls() throws Exception {
    List<String> withoutPrograms = List.of("/usr/bin/env", "PATH=" + folder);
    Outcome outcome = prove(withoutPrograms, "--json");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(verdicts(outcome.out()))
        .containsExactly("HELD", "HELD", "HELD", "NOT TESTED", "NOT TESTED", "NOT TESTED", "HELD");
    assertThat(outcome.out()).contains("strace is not installed: install it, or ");

    Outcome without = prove(withoutPrograms, "--count-reads", "off");
    assertThat(without.exitCode()).as(without.out()).isEqualTo(ExitCode.OK);
    assertThat(without.out()).endsWith("\nALL HELD: 4 of 4 claims");
  }

  /// Its children's memory may be read by a process that is nobody in particular.
  @Test
  void needsNoPrivilege() throws Exception {
    assumeThat(System.getProperty("user.name")).as("who runs the tests").isEqualTo("root");
    String setpriv = Programs.find("setpriv");
    Programs.find("strace");
    Outcome outcome = prove(List.of(setpriv, "--reuid=65534", "--regid=65534", "--clear-groups"));
    assumeThat(outcome.err()).as("nobody may read the program").doesNotContain("Unable to access");
    assertThat(outcome.out()).containsPattern(" user +nobody\n").endsWith("7 of 7 claims");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void leavesAFileAsItIs() throws Exception {
    Path report = Files.writeString(folder.resolve("report"), "mine");
    Outcome outcome = prove(List.of(), "--out", report.toString());
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(outcome.err()).contains("is there already, and is left as it is");
    assertThat(report).hasContent("mine");
  }
}
