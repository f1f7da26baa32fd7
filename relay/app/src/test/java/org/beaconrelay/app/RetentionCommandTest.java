package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.beaconrelay.app.log.LogStock;
import org.beaconrelay.app.log.Retention;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RetentionCommandTest {
  private static final Retention WEEK = new Retention(Duration.ofDays(7));

  @TempDir private Path temporary;
  private Path folder;
  private Path log;

  @BeforeEach
  void followLinks() throws IOException {
    folder = temporary.toRealPath();
    log = folder.resolve("log");
  }

  private void write(String name, String... closed) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String time : closed) {
      text.append("{\"pair_id\":null,\"closed\":\"%s\",\"bytes_from\":0}\n".formatted(time));
    }
    Files.writeString(folder.resolve(name), text);
  }

  private List<String> report(Retention retention, String now) throws IOException {
    return new RetentionReport(LogStock.read(log), retention, Instant.parse(now)).lines();
  }

  @Test
  void statesWhatThereIsAndWhatIsDue() throws IOException {
    write("log.20261119T090000Z", "2026-11-19T09:00:00.000Z", "2026-11-19T09:10:00.000Z");
    write("log.20261119T110000Z", "2026-11-19T11:59:00.000Z");
    write("log.20261126T090000Z", "2026-11-26T09:00:00.000Z");
    write("log", "2026-11-26T10:00:00.000Z");
    assertThat(report(WEEK, "2026-11-26T10:30:15Z"))
        .containsExactly(
            "retention 7d",
            "kept      5 records in 4 files",
            "oldest    7d 1h old: closed 2026-11-19T09:00:00Z, in "
                + folder.resolve("log.20261119T090000Z"),
            "due       2 records in 1 file, which a relay with this retention removes once it runs",
            "next      1 record in 1 file, within 29m 45s: in "
                + folder.resolve("log.20261119T110000Z"));
    assertThat(report(Retention.FOR_EVER, "2026-11-26T10:30:15Z"))
        .contains("retention off", "due       nothing", "next      nothing");
  }

  @Test
  void findsTheOldestRecordWhereverItIs() throws IOException {
    write("log.20261126T090000Z", "2026-11-26T09:59:00.000Z", "2026-11-26T09:58:00.000Z");
    write("log.20261126T093000Z");
    write("log", "2026-11-26T09:57:00.000Z");
    assertThat(report(WEEK, "2026-11-26T10:00:00Z"))
        .contains("oldest    3m old: closed 2026-11-26T09:57:00Z, in " + log);
  }

  @Test
  void tellsOfLinesThatAreNoRecords() throws IOException {
    write("log", "2026-11-26T09:57:00.000Z");
    Files.writeString(folder.resolve("log.20261126T090000Z"), "hello\n");
    assertThat(report(WEEK, "2026-11-26T10:00:00Z"))
        .contains("kept      1 record in 2 files")
        .last()
        .isEqualTo("foreign   1 line in " + folder.resolve("log.20261126T090000Z") + ": no record");
  }

  @Test
  void knowsNoAgeOfWhatAClockAheadHasWritten() throws IOException {
    write("log", "2027-11-26T10:00:00.000Z");
    assertThat(report(WEEK, "2026-11-26T10:00:00Z"))
        .contains(
            "oldest    365d ahead of this clock: closed 2027-11-26T10:00:00Z, in " + log,
            "due       nothing",
            "next      1 record in 1 file, within 7d: in " + log);
  }

  @Test
  void statesAnEmptyLog() throws IOException {
    write("log");
    assertThat(report(WEEK, "2026-11-26T10:00:00Z"))
        .containsExactly(
            "retention 7d",
            "kept      0 records in 1 file",
            "oldest    none",
            "due       nothing",
            "next      nothing");
  }

  // ---- the command

  private Outcome run(String... options) {
    String[] arguments = new String[options.length + 1];
    arguments[0] = "retention";
    System.arraycopy(options, 0, arguments, 1, options.length);
    return Outcome.of(arguments);
  }

  @Test
  void printsTheReportAndChangesNothing() throws IOException {
    write("log.20200101T000000Z", "2020-01-01T00:30:00.000Z");
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    write("log", now.toString());
    Outcome outcome = run("--connection-log", log.toString(), "--retention", "30d");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains(
            "retention 30d\n", "kept      2 records in 2 files\n", "due       1 record in 1 ");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(folder.resolve("log.20200101T000000Z")).exists();
  }

  @Test
  void saysThatItsReportCannotBeWritten() throws IOException {
    write("log", "2026-11-26T09:57:00.000Z");
    Outcome outcome = Outcome.onFullDisk("retention", "--connection-log", log.toString());
    assertThat(outcome.err()).isEqualTo("beacon: standard output: could not be written\n");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE);
  }

  @Test
  void saysThatThereIsNoLog() {
    Outcome outcome = run("--connection-log", log.toString());
    assertThat(outcome.err())
        .isEqualTo(
            "beacon: "
                + log
                + ": no connection log there, nor a file that it became; name the file that the"
                + " relay's --connection-log names\n");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE);
  }

  @Test
  void saysThatAFileIsNoLog() throws IOException {
    Files.writeString(log, "root:x:0:0\n");
    Outcome outcome = run("--connection-log", log.toString());
    assertThat(outcome.err())
        .isEqualTo(
            "beacon: %s: is no connection log: its first line is no record\n".formatted(log));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE);
  }

  @Test
  void saysWhatKeepsNothing() {
    for (String nothing : List.of("stdout", "off", "/dev/null")) {
      Outcome outcome = run("--connection-log", nothing);
      assertThat(outcome.err())
          .startsWith("beacon: flag --connection-log \"" + nothing + "\": ")
          .contains("keeps nothing");
      assertThat(outcome.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    }
  }

  @Test
  void tellsAllProblemsTogether() {
    Outcome outcome = run("--retention", "7");
    assertThat(outcome.err().lines())
        .containsExactly(
            "beacon: --connection-log is not given: write --connection-log FILE",
            "beacon: flag --retention \"7\": a duration needs a unit: write 500ms, 10s, 5m, 1h or"
                + " 7d; 0 or off switches it off");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
  }
}
