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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScenarioFileTest {
  private static final String TIMES = "warmup=0s\nduration=1s";

  @TempDir private Path folder;

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("scenario.properties"), List.of(lines));
  }

  @Test
  void readsAllKinds() throws Exception {
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
    assertThat(
            ScenarioFile.read(
                    file(
                        "load=churn", "rate=9", "request=16", "reply=1048576", "ending=fin", TIMES),
                    Map.of())
                .load())
        .isEqualTo(
            new Churn(
                9, new Conversation(16, 1 << 20, true), Duration.ZERO, Duration.ofSeconds(1)));
    assertThat(
            ScenarioFile.read(
                    file(
                        "load=bulk", "pairs=4", "directions=both", "slow=1", "slow-rate=99", TIMES),
                    Map.of())
                .load())
        .isEqualTo(new Bulk(4, true, 1, 99, Duration.ZERO, Duration.ofSeconds(1)));
  }

  @Test
  void assumesWhatMayBeMissing() throws Exception {
    Path file = file("load=bulk", "pairs=4", "directions=one", TIMES);
    Scenario scenario = ScenarioFile.read(file, Map.of());
    assertThat(scenario.tls()).isFalse();
    assertThat(scenario.load())
        .isEqualTo(new Bulk(4, false, 0, 65_536, Duration.ZERO, Duration.ofSeconds(1)));
    assertThat(ScenarioFile.read(file, Map.of("tls", "on")).tls()).isTrue();
    assertThat(ScenarioFile.read(file("load=ramp", "kind=waiting", "links=100"), Map.of()).load())
        .isEqualTo(new Ramp(RampKind.WAITING, 100, 8, Duration.ofSeconds(3)));
  }

  @Test
  void readsARamp() throws Exception {
    assertThat(
            ScenarioFile.read(
                    file("load=ramp", "kind=pairs", "links=100", "steps=3", "settle=200ms"),
                    Map.of())
                .load())
        .isEqualTo(new Ramp(RampKind.PAIRS, 100, 3, Duration.ofMillis(200)));
  }

  @Test
  void readsAccounting() throws Exception {
    assertThat(
            ScenarioFile.read(
                    file("load=accounting", "rate=9", "size=99", "connection-log=a/b.log", TIMES),
                    Map.of())
                .load())
        .isEqualTo(
            new Accounting(
                9,
                99,
                1,
                new ConnectionLog(Path.of("a/b.log")),
                Duration.ZERO,
                Duration.ofSeconds(1)));
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
            Map.entry("duration_s", 120L),
            Map.entry("tls", "off"));
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
  void tellsWhatChurnCannotDo() throws IOException {
    Path file = file("load=churn", "rate=9", "request=15", "reply=1048577", "ending=fine", TIMES);
    assertThatThrownBy(() -> ScenarioFile.read(file, Map.of()))
        .hasMessage(
            file
                + """
                :
                  request: "15": write a whole number from 16 to 1048576
                  reply: "1048577": write a whole number from 16 to 1048576
                  ending: "fine": write reset or fin\
                """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "load=pairing\nrate=9\nwaiting=0\nduration=0s",
        "load=messages\nrate=1\npairs=1\nsize=64\nduration=999ms",
        "load=bulk\npairs=1\ndirections=one\nduration=0ms"
      })
  void refusesWhatMeasuresNothing(String lines) throws IOException {
    Path file = file(lines, "warmup=0s");
    assertThatThrownBy(() -> ScenarioFile.read(file, Map.of()))
        .hasMessage(file + ":\n  duration: too short: nothing would be measured");
  }

  @Test
  void tellsWhatBulkCannotDo() throws IOException {
    Path file = file("load=bulk", "pairs=4", "directions=up", "slow=5", "tls=1", TIMES);
    assertThatThrownBy(() -> ScenarioFile.read(file, Map.of()))
        .hasMessage(
            file
                + """
                :
                  directions: "up": write one or both
                  slow: "5": write a whole number from 0 to 4
                  tls: "1": write off or on\
                """);
  }

  @Test
  void saysWhichLoadsThereAre() throws IOException {
    Path file = file("load=bulky", "rate=1", "warmup=0s", "duration=1s", "pairs=1");
    assertThatThrownBy(() -> ScenarioFile.read(file, Map.of()))
        .hasMessage(
            file
                + ":\n  load: \"bulky\": write pairing, churn, messages, bulk, ramp or accounting");
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
