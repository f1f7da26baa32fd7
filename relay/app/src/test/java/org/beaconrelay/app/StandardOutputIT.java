package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What comes of a command whose standard output takes nothing.
final class StandardOutputIT {
  @TempDir private Path folder;

  private Outcome version(String shell) throws Exception {
    List<String> launcher = List.of("bash", "-c", shell, "bash");
    try (BeaconProcess version = BeaconProcess.start(launcher, folder, List.of("version"))) {
      return version.awaitEnd();
    }
  }

  /// As behind `| head`.
  @Test
  void isNoFailureWhereNobodyReadsItAnyMore() throws Exception {
    Outcome outcome = version("\"$@\" | true; exit ${PIPESTATUS[0]}");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void isAFailureWhereItIsAFullDisk() throws Exception {
    Outcome outcome = version("exec \"$@\" >/dev/full");
    assertThat(outcome.err()).isEqualTo("beacon: standard output: could not be written\n");
    assertThat(outcome.exitCode()).isEqualTo(1);
  }
}
