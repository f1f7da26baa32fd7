package org.beaconrelay.perf;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What all threads of a process have had of the CPU so far, exact to the nanosecond: the ticks of
/// `/proc/PID/stat` miss most of a wake-up that is shorter than a tick.
///
/// @param byTask by thread id
public record TaskTimes(Map<String, Times> byTask) {
  /// @param runNs time on a core
  /// @param waitNs time in which it could have run and had no core
  public record Times(long runNs, long waitNs) {
    /// Reads the line of a `schedstat` file: run time, wait time, time slices.
    static Times parse(String line) {
      String[] numbers = line.strip().split(" ", -1);
      return new Times(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
    }
  }

  /// @param taskFolder `/proc/PID/task`
  public static TaskTimes read(Path taskFolder) throws IOException {
    Map<String, Times> byTask = new HashMap<>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(taskFolder)) {
      for (Path task : tasks) {
        try {
          Times times = Times.parse(Files.readString(task.resolve("schedstat")));
          byTask.put(task.getFileName().toString(), times);
        } catch (IOException e) {
          // A thread may end between being listed and being read.
          if (Files.exists(task)) {
            throw e;
          }
        }
      }
    }
    return new TaskTimes(byTask);
  }

  /// The CPU use between `before` and this. The last stretch of threads that ended in between
  /// cannot be known; they are counted.
  public CpuUse since(TaskTimes before) {
    long runNs = 0;
    long longestWaitNs = 0;
    for (var task : byTask.entrySet()) {
      Times earlier = before.byTask.getOrDefault(task.getKey(), new Times(0, 0));
      runNs += task.getValue().runNs() - earlier.runNs();
      longestWaitNs = Math.max(longestWaitNs, task.getValue().waitNs() - earlier.waitNs());
    }
    long endedTasks = before.byTask.keySet().stream().filter(id -> !byTask.containsKey(id)).count();
    return new CpuUse(runNs, longestWaitNs, endedTasks);
  }
}
