package org.beaconrelay.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunOptionsTest {
  @Test
  void runsEverythingByDefault() {
    assertThat(RunOptions.parse(List.of()))
        .isEqualTo(
            new RunOptions(5, 5, 5, List.of(Scenario.values()), Contender.DEFAULT, null, false));
  }

  @Test
  void takesAllOptions() {
    String line =
        "--rounds 3 --seconds 2 --warmup 0 --scenario pingpong64,bulk1 --contender haproxy,beacon"
            + " --json out.json";

    assertThat(RunOptions.parse(List.of(line.split(" ", -1))))
        .isEqualTo(
            new RunOptions(
                3,
                2,
                0,
                List.of(Scenario.PING_PONG_64, Scenario.BULK_1),
                List.of(Contender.HAPROXY, Contender.BEACON),
                Path.of("out.json"),
                false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--rounds",
        "--rounds 0",
        "--seconds x",
        "--warmup -1",
        "--scenario x",
        "--contender x",
        "--contender beacon,haproxy,beacon",
        "--json /no/such/folder/out.json",
        "--json .",
        "-v"
      })
  void refusesWhatItDoesNotKnow(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunOptions.parse(List.of(line.split(" ", -1))));
  }
}
