package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportCommandTest {
  @TempDir private Path temporary;
  private Path folder;
  private Path log;

  @BeforeEach
  void followLinks() throws IOException {
    folder = temporary.toRealPath();
    log = folder.resolve("log");
  }

  private static String link(
      String pairId, String role, String closed, long from, long to, String reason) {
    return """
    {"pair_id":%s,"role":%s,"info_hash":"%s","source":"192.0.2.77:51234",\
    "destination":"198.51.100.3:443","opened":"%s","paired":%s,"closed":"%s",\
    "bytes_from":%d,"bytes_to":%d,"close_reason":"%s"}
    """
        .formatted(
            quoted(pairId),
            quoted(role),
            "80b41200207bee9548d77fd02f3bbef1bd55aef019d05b06723703539a344e85",
            closed,
            pairId.isEmpty() ? "null" : quoted(closed),
            closed,
            from,
            to,
            reason);
  }

  private static String quoted(String text) {
    return text.isEmpty() ? "null" : '"' + text + '"';
  }

  private static String pair(String pairId, String closed, long toBroker, long toBridge) {
    return link(pairId, "bridge", closed, toBroker, toBridge, "completed")
        + link(pairId, "broker", closed, toBridge, toBroker, "completed");
  }

  private Outcome report(String... arguments) {
    return report(new byte[0], arguments);
  }

  private Outcome report(byte[] in, String... arguments) {
    List<String> all = new ArrayList<>(List.of("report"));
    all.addAll(List.of(arguments));
    return Outcome.of(Map.of(), in, all.toArray(String[]::new));
  }

  private void writeLog() throws IOException {
    Files.writeString(
        folder.resolve("log.20261101T000000Z"),
        pair("8c1f3a5be2d94f07", "2026-11-01T00:00:00.000Z", 1000, 10)
            + link("", "", "2026-11-01T23:59:59.999Z", 0, 0, "malformed"));
    Files.writeString(
        folder.resolve("log.20261102T000000Z"),
        pair("8c1f3a5be2d94f08", "2026-11-03T12:00:00.000Z", 1L << 40, 0)
            + pair("8c1f3a5be2d94f09", "2026-11-03T12:00:00.000Z", 5, 7));
    Files.writeString(
        log,
        link("8c1f3a5be2d94f10", "broker", "2026-11-03T13:00:00.000Z", 1, 2, "reset")
            + link("", "bridge", "2026-11-04T00:00:00.000Z", 0, 0, "withdrawn"));
  }

  @Test
  void addsUpByDay() throws IOException {
    writeLog();
    Outcome outcome =
        report("transparency", "--from", "2026-11-01", "--to", "2026-11-03", log.toString());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(outcome.out().lines())
        .containsExactly(
            "transparency report, 2026-11-01 to 2026-11-03 (UTC)",
            "",
            "day         links  never paired  pairs   bytes to brokers  bytes to bridges  records"
                + " missing",
            "2026-11-01      3             1      1              1,000                10           "
                + "     0",
            "2026-11-02      0             0      0                  0                 0           "
                + "     0",
            "2026-11-03      5             0      3  1,099,511,627,783                 8           "
                + "     1",
            "total           8             1      4  1,099,511,628,783                18           "
                + "     1",
            "",
            "why links ended",
            "  completed            6",
            "  reset                1",
            "  malformed            1",
            "",
            "records of other days, not counted: 1",
            "lines not understood, not counted: 0");
  }

  @Test
  void saysTheSameAsJson() throws IOException {
    writeLog();
    Outcome outcome =
        report("transparency", "--from=2026-11-01", "--to=2026-11-01", "--json", log.toString());
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(outcome.out())
        .isEqualToIgnoringNewLines(
            """
            {
              "from": "2026-11-01",
              "to": "2026-11-01",
              "total": {
                "links": 3,
                "never_paired": 1,
                "pairs": 1,
                "bytes_to_brokers": 1000,
                "bytes_to_bridges": 10,
                "records_missing": 0
              },
              "close_reasons": {
                "completed": 2,
                "malformed": 1
              },
              "records_of_other_days": 6,
              "lines_not_understood": 0,
              "days": [
                {
                  "day": "2026-11-01",
                  "links": 3,
                  "never_paired": 1,
                  "pairs": 1,
                  "bytes_to_brokers": 1000,
                  "bytes_to_bridges": 10,
                  "records_missing": 0
                }
              ]
            }
            """);
  }

  @Test
  void saysNothingOfAnybody() throws IOException {
    writeLog();
    for (String form : List.of("--json=true", "--check-config", "--from=2026-11-01")) {
      String[] arguments = {
        "transparency", "--from=2026-11-01", "--to=2026-11-03", form.replace("=true", ""), log + ""
      };
      if (form.startsWith("--from")) {
        arguments = new String[] {"transparency", form, "--to=2026-11-03", log + ""};
      }
      Outcome outcome = report(arguments);
      assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(outcome.out() + outcome.err())
          .doesNotContain("192.0.2", "198.51.100", "51234", "80b41200", "8c1f3a5b");
    }
  }

  @Test
  void countsAFileOnceHoweverOftenItIsNamed() throws IOException {
    writeLog();
    Path link = Files.createSymbolicLink(folder.resolve("other"), log);
    Outcome outcome =
        report(
            "transparency",
            "--from=2026-11-01",
            "--to=2026-11-30",
            log.toString(),
            log.toString(),
            link.toString(),
            folder.resolve("log.20261101T000000Z").toString());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).containsPattern("\ntotal +9 ");
  }

  @Test
  void countsAndTellsLinesThatAreNoRecords() throws IOException {
    writeLog();
    String good = link("", "", "2026-11-01T00:00:00.000Z", 0, 0, "unannounced");
    Files.writeString(
        log,
        good
            + "\n"
            + good.replace("unannounced", "bored")
            + good.replace("2026-11-01T00:00:00.000Z", "2026-13-01T00:00:00.000Z")
            + good.replace("\"bytes_from\":0", "\"bytes_from\":-1")
            + good.replace("{", "{\"name\":\"pod-7\",")
            + "x".repeat(10_000_000)
            + "\n"
            + good.substring(0, 100));
    Outcome outcome =
        report("transparency", "--from=2026-11-01", "--to=2026-11-01", log.toString());
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(outcome.err())
        .isEqualTo(
            "beacon: warning: %s: 7 of 8 lines are no records, the first is line 2: not counted\n"
                .formatted(log));
    assertThat(outcome.out())
        .containsPattern("\ntotal +4 ")
        .contains("lines not understood, not counted: 7");
  }

  @Test
  void readsStandardInput() {
    String in =
        "start version=1\n" + pair("8c1f3a5be2d94f07", "2026-11-01T00:00:00.000Z", 1000, 10);
    Outcome outcome =
        report(
            in.getBytes(StandardCharsets.UTF_8),
            "transparency",
            "--from=2026-11-01",
            "--to=2026-11-01",
            "-");
    assertThat(outcome.err())
        .isEqualTo(
            "beacon: warning: standard input: 1 of 3 lines are no records, the first is line 1: not"
                + " counted\n");
    assertThat(outcome.out()).containsPattern("\ntotal +2 +0 +1 +1,000 +10 ");
  }

  @Test
  void saysWhichFileIsNotThereOrIsNoLog() throws IOException {
    String[] range = {"transparency", "--from=2026-11-01", "--to=2026-11-01"};
    assertThat(report(range[0], range[1], range[2], log.toString()).err())
        .isEqualTo(
            "beacon: "
                + log
                + ": no connection log there, nor a file that it became; name the file that the"
                + " relay's --connection-log names\n");
    Files.writeString(log, "root:x:0:0\n");
    Outcome outcome = report(range[0], range[1], range[2], log.toString());
    assertThat(outcome.err().lines())
        .last()
        .isEqualTo("beacon: %s: is no connection log: there is no record in it".formatted(log));
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(report(range[0], range[1], range[2], folder.toString()).err())
        .startsWith("beacon: " + folder + ": ");
  }

  @Test
  void saysThatItCannotBeWritten() throws IOException {
    writeLog();
    Outcome outcome =
        Outcome.onFullDisk(
            "report", "transparency", "--from=2026-11-01", "--to=2026-11-01", log.toString());
    assertThat(outcome.err()).isEqualTo("beacon: standard output: could not be written\n");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE);
  }

  @Test
  void saysWhatIsWrongWithDays() {
    Outcome outcome = report("transparency", "--from", "1.11.2026", "--to", "2026-02-30", "-");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(outcome.err().lines())
        .containsExactly(
            "beacon: flag --from \"1.11.2026\": is no day: write it as 2026-11-30",
            "beacon: flag --to \"2026-02-30\": is no day: write it as 2026-11-30");
    assertThat(report("transparency", "--from=2026-11-02", "--to=2026-11-01", "-").err())
        .isEqualTo(
            "beacon: flag --to \"2026-11-01\": is before --from 2026-11-02: exchange them\n");
    assertThat(report("transparency", "--from=1026-11-02", "--to=2026-11-01", "-").err())
        .contains("is too far from --from: 3660 days at most");
    assertThat(report("transparency", "-").err())
        .contains("--from is not given: write --from DATE", "--to is not given: write --to DATE");
  }

  @Test
  void saysThatThereIsNoSuchReport() {
    Outcome outcome = report("usage", "-");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err())
        .contains("report \"usage\": there is no such report: write beacon report transparency ");
    assertThat(report().exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(report("transparency").exitCode()).isEqualTo(ExitCode.USAGE);
  }
}
