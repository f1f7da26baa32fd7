package org.beaconrelay.app.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A day's retention, so that a file covers an hour.
final class RollingFilesTest {
  private static final Retention DAY = new Retention(Duration.ofDays(1));

  @TempDir private Path folder;

  private final ManualClock clock = new ManualClock("2026-11-26T10:00:00Z");
  private final LinkLines lines = Links.fullLines(clock);
  private final Troubles troubles = new Troubles(new NoListener(), () -> 0);
  private RollingFiles log;

  private static final class NoListener implements LogListener {
    @Override
    public void onDropped(long records, @Nullable IOException why) {}

    @Override
    public void onTrouble(String what, IOException why) {}
  }

  @BeforeEach
  void open() {
    log = open(DAY);
  }

  @AfterEach
  void close() throws IOException {
    log.close();
  }

  private RollingFiles open(Retention retention) {
    return new RollingFiles(folder.resolve("log"), retention, clock, troubles);
  }

  private void restart(Retention retention) throws IOException {
    log.close();
    log = open(retention);
    log.tend();
  }

  /// Writes a record of a link that ended just now.
  private void write() throws IOException {
    writeClosed(clock.instant().toString());
  }

  private void writeClosed(String time) throws IOException {
    StringBuilder text = new StringBuilder();
    Instant closed = Instant.parse(time);
    lines.append(text, Links.closed(closed));
    log.write(log.startOfSpan(closed.toEpochMilli()), text.toString().getBytes(US_ASCII));
  }

  private void at(String time) throws IOException {
    clock.set(time);
    log.tend();
  }

  /// When the links of each file ended, hours and minutes.
  private Map<String, List<String>> files() throws IOException {
    Map<String, List<String>> found = new TreeMap<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.toList()) {
        found.put(
            path.getFileName().toString(),
            Files.readAllLines(path).stream()
                .map(line -> String.valueOf(WrittenRecord.closed(line)).substring(11, 16))
                .toList());
      }
    }
    return found;
  }

  private static Map<String, List<String>> expected(Object... namesAndTimes) {
    Map<String, List<String>> expected = new TreeMap<>();
    for (int i = 0; i < namesAndTimes.length; i += 2) {
      String times = (String) namesAndTimes[i + 1];
      expected.put(
          (String) namesAndTimes[i], times.isEmpty() ? List.of() : List.of(times.split(" ", -1)));
    }
    return expected;
  }

  @Test
  void makesTheFileBeforeAnythingIsWritten() throws IOException {
    log.tend();
    assertThat(files()).isEqualTo(expected("log", ""));
  }

  @Test
  void beginsAFileEveryHour() throws IOException {
    write();
    clock.set("2026-11-26T10:59:59.999Z");
    write();
    clock.set("2026-11-26T11:00:00Z");
    write();
    assertThat(files()).isEqualTo(expected("log", "11:00", "log.20261126T100000Z", "10:00 10:59"));
    assertThat(folder.toFile().listFiles())
        .allSatisfy(
            file ->
                assertThat(
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file.toPath())))
                    .isEqualTo("rw-------"));
  }

  @Test
  void endsAFileThoughNothingIsWritten() throws IOException {
    write();
    at("2026-11-26T11:00:00Z");
    assertThat(files()).isEqualTo(expected("log", "", "log.20261126T100000Z", "10:00"));
    at("2026-11-26T12:00:00Z");
    assertThat(files()).isEqualTo(expected("log", "", "log.20261126T100000Z", "10:00"));
  }

  @Test
  void removesWhatIsDueThoughNothingIsWritten() throws IOException {
    write();
    clock.set("2026-11-26T11:30:00Z");
    write();
    at("2026-11-27T09:59:59.999Z");
    assertThat(files())
        .isEqualTo(
            expected("log", "", "log.20261126T100000Z", "10:00", "log.20261126T110000Z", "11:30"));
    at("2026-11-27T10:00:00Z");
    assertThat(files()).isEqualTo(expected("log", "", "log.20261126T110000Z", "11:30"));
    at("2026-11-27T11:00:00Z");
    assertThat(files()).isEqualTo(expected("log", ""));
  }

  @Test
  void saysWhenItHasToBeCalledAgain() throws IOException {
    write();
    assertThat(Instant.ofEpochMilli(log.tend())).isEqualTo("2026-11-26T11:00:00Z");
    at("2026-11-27T09:30:00Z");
    assertThat(Instant.ofEpochMilli(log.tend())).isEqualTo("2026-11-27T10:00:00Z");
  }

  @Test
  void removesWhatBecameDueWhileNoRelayRan() throws IOException {
    write();
    log.close();
    clock.set("2026-12-31T10:30:00Z");
    log = open(DAY);
    log.tend();
    assertThat(files()).isEqualTo(expected("log", ""));
  }

  @Test
  void goesOnWithAFileOfTheSameHour() throws IOException {
    write();
    clock.set("2026-11-26T10:30:00Z");
    restart(DAY);
    write();
    assertThat(files()).isEqualTo(expected("log", "10:00 10:30"));
    clock.set("2026-11-26T11:30:00Z");
    restart(DAY);
    write();
    assertThat(files()).isEqualTo(expected("log", "11:30", "log.20261126T100000Z", "10:00 10:30"));
  }

  @Test
  void keepsEveryRecordForEverIfSoWanted() throws IOException {
    restart(Retention.FOR_EVER);
    write();
    at("2099-01-01T00:00:00Z");
    assertThat(files()).isEqualTo(expected("log", "", "log.20261126T000000Z", "10:00"));
    write();
    at("2026-11-27T00:00:00Z");
    assertThat(files())
        .as("where none is removed, there is no reason to rename one of a time to come")
        .isEqualTo(
            expected("log", "", "log.20261126T000000Z", "10:00", "log.20990101T000000Z", "00:00"));
  }

  @Test
  void holdsAShorterRetentionOverFilesOfALongerOne() throws IOException {
    write();
    clock.set("2026-11-26T11:10:00Z");
    restart(new Retention(Duration.ofHours(1)));
    assertThat(files()).isEqualTo(expected("log", ""));
  }

  @Test
  void putsALateRecordWhereItBelongs() throws IOException {
    write();
    clock.set("2026-11-26T11:00:00.005Z");
    write();
    writeClosed("2026-11-26T10:59:59.990Z");
    writeClosed("2026-11-26T09:00:00Z");
    assertThat(files())
        .isEqualTo(
            expected(
                "log", "11:00",
                "log.20261126T090000Z", "09:00",
                "log.20261126T100000Z", "10:00 10:59"));
    at("2026-11-27T09:00:00Z");
    assertThat(files()).doesNotContainKey("log.20261126T090000Z");
  }

  @Test
  void removesALateRecordThatIsDueAlready() throws IOException {
    clock.set("2026-11-26T11:30:00Z");
    write();
    writeClosed("2026-11-25T11:35:00Z");
    log.tend();
    assertThat(files()).isEqualTo(expected("log", "11:30"));
  }

  @Test
  void bearsAClockThatIsSetBack() throws IOException {
    clock.set("2026-11-26T11:00:01Z");
    write();
    clock.set("2026-11-26T10:59:58Z");
    write();
    clock.set("2026-11-26T11:00:02Z");
    write();
    clock.set("2026-11-26T12:00:00Z");
    write();
    assertThat(files())
        .isEqualTo(
            expected(
                "log", "12:00",
                "log.20261126T095959Z", "10:59",
                "log.20261126T100000Z", "11:00",
                "log.20261126T110000Z", "11:00"));
  }

  /// A year ahead, in which two files came about.
  private void writeAYearAhead() throws IOException {
    clock.set("2027-11-26T09:30:00Z");
    write();
    clock.set("2027-11-26T10:30:00Z");
    write();
  }

  @Test
  void keepsNothingForTheTimeThatAClockWasAhead() throws IOException {
    writeAYearAhead();
    clock.set("2026-11-26T10:30:00Z");
    write();
    assertThat(files())
        .isEqualTo(
            expected(
                "log", "10:30",
                "log.20261126T095959Z", "09:30",
                "log.20261126T100000Z", "10:30"));
    at("2026-11-27T10:00:00Z");
    assertThat(files()).isEqualTo(expected("log", ""));
  }

  @Test
  void keepsNothingForTheTimeThatAClockWasAheadBeforeTheStart() throws IOException {
    writeAYearAhead();
    clock.set("2026-11-26T10:30:00Z");
    restart(DAY);
    assertThat(files())
        .isEqualTo(
            expected("log", "", "log.20261126T095959Z", "09:30", "log.20261126T100000Z", "10:30"));
    clock.set("2026-11-26T11:30:00Z");
    restart(DAY);
    assertThat(files())
        .as("what counts as of then does not get younger")
        .containsOnlyKeys("log", "log.20261126T095959Z", "log.20261126T100000Z");
    at("2026-11-27T10:00:00Z");
    assertThat(files()).isEqualTo(expected("log", ""));
  }

  @Test
  void takesNoOtherFilesNameForWhatAClockAheadHasWritten() throws IOException {
    clock.set("2026-11-26T10:05:00Z");
    write();
    clock.set("2026-11-26T13:06:00Z");
    write();
    clock.set("2026-11-26T10:07:00Z");
    write();
    assertThat(files())
        .isEqualTo(
            expected(
                "log", "10:07",
                "log.20261126T095959Z", "13:06",
                "log.20261126T100000Z", "10:05"));
  }

  /// Else all would count as of 1970, and be gone once the clock is right.
  @Test
  void losesNothingByAClockThatBeginsIn1970() throws IOException {
    clock.set("2026-11-26T09:30:00Z");
    write();
    clock.set("2026-11-26T10:30:00Z");
    write();
    clock.set("1970-01-01T00:00:07Z");
    restart(DAY);
    clock.set("2026-11-26T10:31:00Z");
    restart(DAY);
    assertThat(files()).containsKeys("log.20261126T090000Z", "log.20261126T100000Z");
  }

  @Test
  void putsARecordOfATimeToComeIntoAFileOfNow() throws IOException {
    write();
    writeClosed("2027-11-26T10:30:00Z");
    assertThat(files()).isEqualTo(expected("log", "10:00", "log.20261126T100000Z", "10:30"));
    at("2026-11-27T10:00:00Z");
    assertThat(files()).isEqualTo(expected("log", ""));
  }

  @Test
  void beginsAnewWhereSomebodyTookTheFileAway() throws IOException {
    write();
    Files.move(folder.resolve("log"), folder.resolve("taken"));
    clock.set("2026-11-26T10:01:00Z");
    write();
    assertThat(files()).isEqualTo(expected("log", "10:01", "taken", "10:00"));
  }

  @Test
  void goesOnWhereTheFolderIsThereAgain() throws IOException {
    log.tend();
    Files.delete(folder.resolve("log"));
    Files.delete(folder);
    assertThatIOException().isThrownBy(this::write);
    Files.createDirectory(folder);
    write();
    assertThat(files()).isEqualTo(expected("log", "10:00"));
  }

  @Test
  void touchesNoOtherFile() throws IOException {
    List<String> others =
        List.of(
            "log.2026",
            "log.20260231T100000Z",
            "log.20200101T000000Z.gz",
            "log.20200101T000000+00",
            "log2.20200101T000000Z",
            "20200101T000000Z");
    for (String other : others) {
      Files.createFile(folder.resolve(other));
    }
    log.tend();
    assertThat(files()).containsOnlyKeys(Stream.concat(Stream.of("log"), others.stream()).toList());
  }

  @Test
  void goesOnThoughAFileCannotBeRemoved() throws IOException {
    Path stuck = Files.createDirectories(folder.resolve("log.20200101T000000Z/full")).getParent();
    Files.createFile(folder.resolve("log.20200102T000000Z"));
    write();
    assertThat(stuck).exists();
    assertThat(folder.resolve("log.20200102T000000Z")).doesNotExist();
    assertThat(Instant.ofEpochMilli(log.tend())).isEqualTo("2026-11-26T10:00:10Z");
  }
}
