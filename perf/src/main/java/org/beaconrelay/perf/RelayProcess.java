package org.beaconrelay.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/// The process of a contender.
///
/// **Owns:** the process, which [#close] ends, and the file that takes its output.
final class RelayProcess implements AutoCloseable {
  private static final Duration READY_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LAST_WORDS_TIMEOUT = Duration.ofMillis(500);
  private static final int POLL_INTERVAL_MS = 20;
  private static final int SHOWN_OUTPUT_LINES = 40;

  private final String name;
  private final Process process;
  private final Path outputFile;

  private RelayProcess(String name, Process process, Path outputFile) {
    this.name = name;
    this.process = process;
    this.outputFile = outputFile;
  }

  /// @param environment variables beside those of this process
  static RelayProcess start(String name, List<String> command, Map<String, String> environment)
      throws IOException {
    Path outputFile = Files.createTempFile("beacon-perf-" + name, ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(outputFile.toFile());
    builder.environment().putAll(environment);
    try {
      return new RelayProcess(name, builder.start(), outputFile);
    } catch (IOException e) {
      Files.delete(outputFile);
      throw e;
    }
  }

  /// Something that answers as soon as the process is ready.
  interface Probe<T> {
    Optional<T> attempt() throws IOException, RunFailedException;
  }

  /// Repeats `probe` until it answers.
  ///
  /// @throws RunFailedException if the process ends, or takes too long
  <T> T await(Probe<T> probe) throws IOException, InterruptedException, RunFailedException {
    long deadlineNs = System.nanoTime() + READY_TIMEOUT.toNanos();
    while (true) {
      Optional<T> answer = probe.attempt();
      if (answer.isPresent()) {
        return answer.get();
      }
      if (!process.isAlive() || deadlineNs - System.nanoTime() < 0) {
        throw new RunFailedException(name + " did not get ready: " + describe());
      }
      Thread.sleep(POLL_INTERVAL_MS);
    }
  }

  /// Makes sure that it is the relay itself whose CPU time is read, not a script around it.
  void requireProgram(String expected) throws IOException, RunFailedException {
    String program = Files.readString(Path.of("/proc", pid(), "comm")).strip();
    if (!program.equals(expected)) {
      throw new RunFailedException(
          "%s: process %s is %s, not %s".formatted(name, pid(), program, expected));
    }
  }

  TaskTimes taskTimes() throws IOException {
    return TaskTimes.read(Path.of("/proc", pid(), "task"));
  }

  /// Completes when the process ends.
  CompletableFuture<Process> end() {
    return process.onExit();
  }

  /// All that it has written to its standard output and standard error.
  String output() throws IOException {
    return Files.readString(outputFile);
  }

  /// Whether it runs, and its last words. A process that is about to end is given the time to.
  String describe() throws IOException, InterruptedException {
    String state =
        process.waitFor(LAST_WORDS_TIMEOUT)
            ? "it ended with exit code " + process.exitValue()
            : "it is running";
    List<String> lines = output().lines().toList();
    String lastLines =
        lines.stream()
            .skip(Math.max(0, lines.size() - SHOWN_OUTPUT_LINES))
            .map(line -> "\n  | " + line)
            .collect(Collectors.joining());
    return state + (lastLines.isEmpty() ? " and wrote nothing" : " and wrote:" + lastLines);
  }

  private String pid() {
    return String.valueOf(process.pid());
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIMEOUT)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Files.deleteIfExists(outputFile);
  }
}
