package org.beaconrelay.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.beaconrelay.perf.TaskTimes.Times;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskTimesTest {
  @Test
  void readsRunAndWaitTimeOfEveryTask(@TempDir Path taskFolder) throws IOException {
    writeSchedstat(taskFolder, "7", "123456789012 345 6\n");
    writeSchedstat(taskFolder, "8", "0 0 0\n");

    assertThat(TaskTimes.read(taskFolder).byTask())
        .isEqualTo(Map.of("7", new Times(123456789012L, 345), "8", new Times(0, 0)));
  }

  @Test
  void sumsRunTimesAndKeepsTheLongestWait() {
    TaskTimes before = new TaskTimes(Map.of("7", new Times(100, 10), "8", new Times(1000, 20)));
    TaskTimes after = new TaskTimes(Map.of("7", new Times(150, 15), "8", new Times(1007, 60)));

    assertThat(after.since(before)).isEqualTo(new CpuUse(57, 40, 0));
  }

  @Test
  void countsAllOfATaskThatStartedMeanwhile() {
    TaskTimes before = new TaskTimes(Map.of("7", new Times(100, 10)));
    TaskTimes after = new TaskTimes(Map.of("7", new Times(100, 10), "9", new Times(30, 3)));

    assertThat(after.since(before)).isEqualTo(new CpuUse(30, 3, 0));
  }

  @Test
  void tellsThatATaskEndedMeanwhile() {
    TaskTimes before = new TaskTimes(Map.of("7", new Times(100, 10), "8", new Times(1000, 20)));
    TaskTimes after = new TaskTimes(Map.of("7", new Times(150, 15)));

    assertThat(after.since(before)).isEqualTo(new CpuUse(50, 5, 1));
  }

  private static void writeSchedstat(Path taskFolder, String task, String line) throws IOException {
    Path folder = Files.createDirectory(taskFolder.resolve(task));
    Files.writeString(folder.resolve("schedstat"), line);
  }
}
