package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `beacon demo` as a new user runs it.
final class DemoIT {
  @TempDir private Path folder;

  @Test
  void tellsAStoryThatEndsWell() throws Exception {
    Outcome outcome;
    try (BeaconProcess demo = BeaconProcess.start(List.of(), folder, List.of("demo"))) {
      outcome = demo.awaitEnd();
    }
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).as(outcome.out()).isEqualTo(ExitCode.OK);
    assertThat(outcome.out())
        .containsPattern("answered +200 \\{\"data\":\\{\"password\":\"[0-9a-f]{24}\"}}")
        .containsPattern("addresses +bridge at 127\\.0\\.0\\.1:\\d+ dialled 127\\.0\\.0\\.1:\\d+")
        .containsPattern("times +bridge opened .* paired .* closed")
        .containsPattern("bytes +bridge sent [\\d,]{4,}, got [\\d,]{4,}")
        .containsPattern("info_hash +[0-9a-f]{64}")
        .containsPattern("bytes +[1-9][\\d,]* spliced inside the kernel, 0 copied")
        .containsPattern("either way +not found")
        .containsPattern("told +found, so the search works");
    assertThat(outcome.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(90));
  }

  @Test
  void leavesNoProcessBehind() throws Exception {
    try (BeaconProcess demo = BeaconProcess.start(List.of(), folder, List.of("demo"))) {
      demo.awaitEnd();
    }
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      assertThat(processes.filter(DemoIT::isDemoRelay)).isEmpty();
    }
  }

  private static boolean isDemoRelay(Path process) {
    try {
      return Files.readString(process.resolve("cmdline")).contains("demo.DemoRelay");
    } catch (IOException e) {
      return false; // no process, or gone since
    }
  }
}
