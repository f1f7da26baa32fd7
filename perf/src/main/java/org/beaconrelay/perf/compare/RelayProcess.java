package org.beaconrelay.perf.compare;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.beaconrelay.perf.ResidentMemory;
import org.beaconrelay.perf.RunFailedException;
import org.beaconrelay.perf.TaskTimes;

/// The process of a contender, and those that it starts.
///
/// **Owns:** the processes, which [#close] ends, and their working folder.
final class RelayProcess implements AutoCloseable {
  private static final Duration READY_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LAST_WORDS_TIMEOUT = Duration.ofMillis(500);
  private static final int POLL_INTERVAL_MS = 20;
  private static final int SHOWN_OUTPUT_LINES = 40;
  private static final String OUTPUT = "output.log";

  private final String program;
  private final Process process;
  private final Path folder;

  private RelayProcess(String program, Process process, Path folder) {
    this.program = program;
    this.process = process;
    this.folder = folder;
  }

  static RelayProcess start(Launch launch, Pinning pinning) throws IOException {
    Path folder = Files.createTempDirectory("beacon-perf-" + launch.program() + "-");
    try {
      for (Map.Entry<String, String> file : launch.files().entrySet()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
      }
      ProcessBuilder builder =
          new ProcessBuilder(pinning.relayCommand(launch.command()))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve(OUTPUT).toFile());
      builder.environment().putAll(launch.environment());
      return new RelayProcess(launch.program(), builder.start(), folder);
    } catch (IOException e) {
      delete(folder);
      throw e;
    }
  }

  /// Returns when a pair could be opened: that is all that contenders have in common.
  ///
  /// @throws RunFailedException if the process ends, or takes too long
  void awaitReady(PairOpener opener) throws IOException, InterruptedException, RunFailedException {
    long deadlineNs = System.nanoTime() + READY_TIMEOUT.toNanos();
    while (true) {
      try {
        opener.open().close();
        break;
      } catch (ConnectException _) {
        if (!process.isAlive() || deadlineNs - System.nanoTime() < 0) {
          throw new RunFailedException(program + " did not get ready: " + describe());
        }
        Thread.sleep(POLL_INTERVAL_MS);
      }
    }
    String running = Files.readString(proc(process.toHandle()).resolve("comm")).strip();
    if (!running.equals(program)) {
      throw new RunFailedException(
          "process %d is %s, not %s".formatted(process.pid(), running, program));
    }
  }

  TaskTimes taskTimes() throws IOException {
    Map<String, TaskTimes.Times> byTask = new HashMap<>();
    for (ProcessHandle each : tree()) {
      byTask.putAll(TaskTimes.read(proc(each).resolve("task")).byTask());
    }
    return new TaskTimes(byTask);
  }

  /// Pages that processes share count for each.
  long residentBytes() throws IOException {
    long bytes = 0;
    for (ProcessHandle each : tree()) {
      bytes += ResidentMemory.bytes(proc(each));
    }
    return bytes;
  }

  /// Completes when the process ends.
  CompletableFuture<Process> end() {
    return process.onExit();
  }

  /// Whether it runs, and its last words. A process that is about to end is given the time to.
  String describe() throws IOException, InterruptedException {
    String state =
        process.waitFor(LAST_WORDS_TIMEOUT)
            ? "it ended with exit code " + process.exitValue()
            : "it is running";
    List<String> lines = Files.readString(folder.resolve(OUTPUT)).lines().toList();
    String lastLines =
        lines.stream()
            .skip(Math.max(0, lines.size() - SHOWN_OUTPUT_LINES))
            .map(line -> "\n  | " + line)
            .collect(Collectors.joining());
    return state + (lastLines.isEmpty() ? " and wrote nothing" : " and wrote:" + lastLines);
  }

  private List<ProcessHandle> tree() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  private static Path proc(ProcessHandle process) {
    return Path.of("/proc", String.valueOf(process.pid()));
  }

  @Override
  public void close() throws IOException {
    List<ProcessHandle> tree = tree();
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIMEOUT)) {
        tree.forEach(ProcessHandle::destroyForcibly);
      }
    } catch (InterruptedException _) {
      tree.forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
    delete(folder);
  }

  private static void delete(Path folder) throws IOException {
    List<Path> content;
    try (Stream<Path> all = Files.walk(folder)) {
      content = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : content) {
      Files.delete(path);
    }
  }
}
