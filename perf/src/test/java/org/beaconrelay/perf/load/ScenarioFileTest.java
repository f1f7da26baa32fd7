package org.beaconrelay.perf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.beaconrelay.perf.RunFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScenarioFileTest {
  @TempDir private Path folder;

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("scenario.properties"), List.of(lines));
  }

  @Test
  void readsBothKinds() throws Exception {
    assertThat(
            ScenarioFile.read(
                    file("load=pairing", "rate=500", "waiting=7", "warmup=500ms", "duration=2m"),
                    Map.of())
                .load())
        .isEqualTo(new Pairing(500, 7, Duration.ofMillis(500), Duration.ofMinutes(2)));
    assertThat(
            ScenarioFile.read(
                    file(
                        "load=messages",
                        "rate=9",
                        "pairs=3",
                        "size=64",
                        "warmup=0s",
                        "duration=1s"),
                    Map.of("size", "128"))
                .load())
        .isEqualTo(new Messages(9, 3, 128, Duration.ZERO, Duration.ofSeconds(1)));
  }

  @Test
  void tellsItsSettings() throws Exception {
    Map<String, Object> settings =
        ScenarioFile.read(
                file("load=pairing", "rate=500", "waiting=7", "warmup=500ms", "duration=2m"),
                Map.of())
            .settings();
    assertThat(settings)
        .containsExactly(
            Map.entry("load", "pairing"),
            Map.entry("rate", 500),
            Map.entry("waiting", 7),
            Map.entry("warmup_s", 0.5),
            Map.entry("duration_s", 120L));
  }

  @Test
  void tellsAllProblemsTogether() throws IOException {
    Path file = file("load=pairing", "rate=fast", "size=64", "warmup=5", "duration=1s");
    assertThatThrownBy(() -> ScenarioFile.read(file, Map.of()))
        .isInstanceOf(RunFailedException.class)
        .hasMessage(
            file
                + """
                :
                  rate: "fast": write a whole number from 1 to 1000000
                  waiting: is missing
                  warmup: "5": write a time, such as 500ms, 20s or 10m
                  size: there is no such thing in this load\
                """);
  }

  @Test
  void saysWhichLoadsThereAre() throws IOException {
    Path file = file("load=bulk", "rate=1", "warmup=0s", "duration=1s", "pairs=1");
    assertThatThrownBy(() -> ScenarioFile.read(file, Map.of()))
        .hasMessage(file + ":\n  load: \"bulk\": write pairing or messages");
  }

  @Test
  void saysThatThereIsNoFile() {
    Path file = folder.resolve("none.properties");
    assertThatThrownBy(() -> ScenarioFile.read(file, Map.of()))
        .isInstanceOf(RunFailedException.class)
        .hasMessageStartingWith("cannot read the scenario " + file);
  }

  @Test
  void thoseThatAreHereAreRight() throws Exception {
    try (Stream<Path> scenarios = Files.list(Path.of("scenarios"))) {
      List<Path> files = scenarios.toList();
      assertThat(files).isNotEmpty();
      for (Path file : files) {
        assertThat(ScenarioFile.read(file, Map.of())).isNotNull();
      }
    }
  }
}
