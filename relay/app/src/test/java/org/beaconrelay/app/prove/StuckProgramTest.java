package org.beaconrelay.app.prove;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.beaconrelay.testing.Patience;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A program that is to be tried, and neither says what it should nor ends.
@Timeout(60)
final class StuckProgramTest {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  @TempDir private Path folder;

  /// Its child holds what it says open, as a launcher's relay does.
  private Program programThatSays(String words) throws IOException {
    Path program = folder.resolve("program");
    Files.writeString(
        program,
        """
        #!/bin/sh
        %s
        sleep 600 &
        echo $! >%s
        wait
        """
            .formatted(words, child()));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return new Program(List.of(program.toString()));
  }

  private Path child() {
    return folder.resolve("child");
  }

  @Test
  void aRelayIsWaitedForNoLongerThanItsLimit() throws Exception {
    Program program = programThatSays("echo start version=1; echo out of order >&2");
    assertThatThrownBy(() -> RelayRun.start(program, List.of(), List.of("--admin", "off"), LIMIT))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "a relay that was started neither became ready nor ended within 2 s; it said: start"
                + " version=1; out of order; see what holds it up: beacon relay --listen"
                + " 127.0.0.1:0 --admin off");
    awaitEndOfChild();
  }

  @Test
  void aRelayThatSaysNothingIsSaidToHaveSaidNothing() throws Exception {
    Program program = programThatSays(":");
    assertThatThrownBy(() -> RelayRun.start(program, List.of(), List.of(), LIMIT))
        .hasMessageContaining("within 2 s; it said: nothing; see ");
  }

  @Test
  void aRelayThatEndsIsNotWaitedForAtAll() {
    Program program = new Program(List.of("/bin/sh", "-c", "echo no port >&2; exit 69", "sh"));
    assertThatThrownBy(() -> RelayRun.start(program, List.of(), List.of(), Duration.ofHours(1)))
        .hasMessage("a relay that was started did not become ready; it said: no port");
  }

  @Test
  void aVersionIsWaitedForNoLongerThanItsLimit() throws Exception {
    Program program = programThatSays(":");
    assertThatThrownBy(() -> program.version(LIMIT))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("program does not say its version: is it beacon?");
    awaitEndOfChild();
  }

  private void awaitEndOfChild() throws IOException {
    long pid = Long.parseLong(Files.readString(child()).strip());
    Patience.until(
        Duration.ofSeconds(20),
        "what it had started has ended",
        () -> ProcessHandle.of(pid).isEmpty());
  }
}
