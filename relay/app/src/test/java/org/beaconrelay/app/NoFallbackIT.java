package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.beaconrelay.testing.TestPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// TRUST-MODEL.md, rule 8: where splice(2) is forbidden the relay does not quietly copy.
@Timeout(120)
final class NoFallbackIT {
  private static final Path WITHOUT_SYSCALL =
      Path.of("../testing/src/main/python/without_syscall.py").toAbsolutePath().normalize();

  /// Its number, by architecture.
  private static final Map<String, String> SPLICE = Map.of("amd64", "275", "aarch64", "76");

  @TempDir private Path folder;

  private static List<String> withoutSplice() {
    String number = SPLICE.getOrDefault(System.getProperty("os.arch"), "");
    assumeThat(number).as("the number of splice(2) here").isNotEmpty();
    return List.of(Programs.find("python3"), WITHOUT_SYSCALL.toString(), number);
  }

  @Test
  void stopsAndSaysWhy() throws Exception {
    try (RelayJar relay = RelayJar.startBy(withoutSplice(), folder, "--listen", "127.0.0.1:0")) {
      Outcome outcome = relay.awaitEnd();
      assertThat(outcome.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
      assertThat(outcome.err())
          .startsWith("beacon: splice")
          .contains("; allow splice(2) to this process (seccomp profile, sandbox), or ")
          .contains("--data-path copy")
          .hasLineCount(1);
      assertThat(outcome.out().lines().map(line -> line.split(" ", 2)[0]))
          .containsExactly("start", "config");
    }
  }

  @Test
  void copiesWhereItsOperatorAllowsIt() throws Exception {
    try (RelayJar relay =
            RelayJar.readyBy(
                withoutSplice(), folder, "--data-path", "copy", "--transport", "epoll");
        TestPair pair = TestPair.open(relay.address())) {
      pair.exchange();
      relay.awaitErr("beacon: warning: data-path copy: every relayed byte passes through ");
    }
  }
}
