package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.beaconrelay.app.log.Destination;
import org.beaconrelay.app.log.LogSettings;
import org.beaconrelay.app.log.Privacy;
import org.beaconrelay.app.log.Retention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogConfigTest {
  @TempDir private Path folder;

  private final Problems problems = new Problems();
  private final List<String> warnings = new ArrayList<>();

  private LogSettings parse(String... flags) {
    Map<Option, Setting> given = new HashMap<>();
    for (int i = 0; i < flags.length; i += 2) {
      Option option = Objects.requireNonNull(OptionSet.RELAY.ofKey(flags[i]), flags[i]);
      given.put(option, new Setting(option, flags[i + 1], new Origin.Flag()));
    }
    return LogConfig.parse(new Given(given, problems), warnings);
  }

  private String problemOf(Path file) {
    parse("connection-log", file.toString());
    assertThat(problems.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    String prefix = "flag --connection-log \"" + file + "\": ";
    assertThat(problems.lines()).hasSize(1).first().asString().startsWith(prefix);
    return problems.lines().getFirst().substring(prefix.length());
  }

  @Test
  void takesEveryOption() throws IOException {
    LogSettings settings =
        parse(
            "connection-log", folder.resolve("log").toString(),
            "log-address", "truncated",
            "log-hash", "pseudonym",
            "retention", "36h");
    assertThat(problems.lines()).isEmpty();
    assertThat(warnings).isEmpty();
    assertThat(settings)
        .isEqualTo(
            new LogSettings(
                new Destination.Files(folder.toRealPath().resolve("log")),
                Privacy.TRUNCATED,
                Privacy.PSEUDONYM,
                new Retention(Duration.ofHours(36))));
    assertThat(folder).as("nothing is made yet").isEmptyDirectory();
  }

  @Test
  void knowsStandardOutputAndNothing() {
    assertThat(parse("connection-log", "stdout").destination())
        .isEqualTo(new Destination.StandardOutput());
    assertThat(parse("connection-log", "off").destination()).isEqualTo(new Destination.Off());
    assertThat(parse("retention", "off", "connection-log", "off").retention().isForEver()).isTrue();
    assertThat(problems.lines()).isEmpty();
    assertThat(warnings).isEmpty();
  }

  @Test
  void knowsWhatIsNoFile() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/dev/full"));
    for (Path device : List.of(Path.of("/dev/full"), link)) {
      assertThat(parse("connection-log", device.toString()).destination())
          .isEqualTo(new Destination.Stream(device));
    }
  }

  @Test
  void followsLinks() throws IOException {
    Path target = Files.createDirectory(folder.resolve("target"));
    Files.createFile(target.resolve("real"));
    Files.createSymbolicLink(folder.resolve("link"), target);
    Files.createSymbolicLink(folder.resolve("log"), target.resolve("real"));
    Path real = target.toRealPath();
    assertThat(parse("connection-log", folder.resolve("log").toString()).destination())
        .isEqualTo(new Destination.Files(real.resolve("real")));
    assertThat(parse("connection-log", folder.resolve("link/new").toString()).destination())
        .isEqualTo(new Destination.Files(real.resolve("new")));
  }

  @Test
  void refusesALinkThatLeadsNowhere() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("log"), folder.resolve("none"));
    assertThat(problemOf(link))
        .isEqualTo("is a link to what is not there: make that, or remove the link");
  }

  @Test
  void warnsOfWhatHasNoMeaning() {
    parse("log-address", "none", "log-hash", "none", "retention", "1d");
    assertThat(warnings)
        .containsExactly(
            "log-address has no meaning without --connection-log: nothing is logged",
            "log-hash has no meaning without --connection-log: nothing is logged",
            "retention has no meaning without --connection-log: nothing is logged");
    warnings.clear();
    parse("connection-log", "stdout", "retention", "1d");
    parse("connection-log", "/dev/null", "retention", "1d");
    assertThat(warnings)
        .containsExactly(
            "retention has no meaning with connection-log stdout: how long its lines are kept is up"
                + " to whoever reads them",
            "retention has no meaning with connection-log /dev/null: how long its lines are kept is"
                + " up to whoever reads them");
  }

  @Test
  void refusesAFolder() {
    assertThat(problemOf(folder)).isEqualTo("is a directory: name a file in it");
  }

  @Test
  void refusesAFileInAFolderThatIsNotThere() {
    assertThat(problemOf(folder.resolve("none/log")))
        .isEqualTo(
            "no such directory; make one that only the relay can read: mkdir -m 700 "
                + folder.resolve("none"));
  }

  @Test
  void refusesAFileThatIsNoLog() throws IOException {
    assertThat(problemOf(Files.writeString(folder.resolve("passwd"), "root:x:0:0:root:/root\n")))
        .isEqualTo(
            "is no connection log: its first line is no record; it is left as it is: name another"
                + " file");
  }

  @Test
  void describesWhatIsInEffect() {
    LogSettings settings = parse("connection-log", "stdout", "log-hash", "none");
    assertThat(LogOption.values())
        .extracting(option -> LogConfig.value(settings, option))
        .containsExactly("stdout", "full", "none", "7d");
  }
}
