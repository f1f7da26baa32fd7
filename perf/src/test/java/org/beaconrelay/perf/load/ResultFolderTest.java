package org.beaconrelay.perf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.beaconrelay.perf.RunFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultFolderTest {
  @TempDir private Path folder;

  @Test
  void isMade() throws RunFailedException {
    Path made = folder.resolve("results/messages-1");
    ResultFolder.prepare(made);
    assertThat(made).isDirectory();
  }

  @Test
  void mayHaveResultsInFoldersOfTheirOwn() throws Exception {
    Files.createFile(Files.createDirectory(folder.resolve("messages-1")).resolve("result.json"));
    ResultFolder.prepare(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"result.json", "direct.hlog", "relay.percentiles"})
  void isNotSharedWithAnotherRun(String left) throws IOException {
    Files.createFile(folder.resolve(left));
    assertThatThrownBy(() -> ResultFolder.prepare(folder))
        .isInstanceOf(RunFailedException.class)
        .hasMessageEndingWith(": another run has left its files there: name another folder");
  }

  @Test
  void isNoFile() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> ResultFolder.prepare(file))
        .isInstanceOf(RunFailedException.class)
        .hasMessageStartingWith("--out \"%s\" is no folder to write to: ".formatted(file));
  }
}
